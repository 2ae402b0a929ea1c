package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.certificate.ExpiryWarnings;
import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.RecentlyUsed;
import io.github.kmsjca.internal.config.SettingSource;
import io.github.kmsjca.internal.keystore.file.KeystoreFile;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.text.LogTopic;
import java.time.InstantSource;

/**
 * The state that the KeyStores of a provider share. This state outlives a KeyStore: a
 * {@link java.security.KeyStore.Builder} without a file makes a new KeyStore in each call of {@code getKeyStore}, and
 * JSSE calls this method twice in a handshake. Thread-safe.
 */
public final class KmsStores {
    private final Configuration configuration;
    private final KmsSessions sessions;
    private final RecentlyUsed<KmsSession, KeyCertificates> certificates = new RecentlyUsed<>();
    private final InstantSource clock;
    private final UnusableKeys unusable;
    private final ExpiryWarnings expiry;
    private final UnknownEntries unknown = new UnknownEntries(LogTopic.KEYSTORE.warnings());

    /** Creates the shared state. Does no I/O. */
    public KmsStores(Configuration configuration, KmsSessions sessions) {
        this(configuration, sessions, InstantSource.system());
    }

    /** Creates the shared state with another clock. */
    KmsStores(Configuration configuration, KmsSessions sessions, InstantSource clock) {
        this.configuration = configuration;
        this.sessions = sessions;
        this.clock = clock;
        this.unusable = new UnusableKeys(LogTopic.KEYSTORE.logger(), clock);
        this.expiry = new ExpiryWarnings(LogTopic.CERTIFICATES.logger(), clock);
    }

    /**
     * Returns the session of a store without a file.
     *
     * @param parameter the settings of a load parameter, if there is one
     */
    KmsSession session(SettingSource... parameter) {
        return sessions.of(configuration.settings(parameter));
    }

    /**
     * Returns the session of a store with a file, whose settings also apply.
     *
     * @param parameter the settings of a load parameter, if there is one
     */
    KmsSession session(KeystoreFile file, SettingSource... parameter) {
        return sessions.of(file.settings(configuration, parameter));
    }

    InstantSource clock() {
        return clock;
    }

    UnusableKeys unusable() {
        return unusable;
    }

    UnknownEntries unknown() {
        return unknown;
    }

    ExpiryWarnings expiry() {
        return expiry;
    }

    KeyCertificates certificates(KmsSession session) {
        return certificates.of(session, KeyCertificates::of);
    }
}

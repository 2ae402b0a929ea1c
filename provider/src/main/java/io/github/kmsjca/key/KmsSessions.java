package io.github.kmsjca.key;

import io.github.kmsjca.config.Encryption;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.Verification;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The sessions of a provider, one for each different configuration. Thread-safe. */
public final class KmsSessions {
    private final Map<KmsSettings, KmsSession> sessions = new ConcurrentHashMap<>();

    /** Makes the empty set of sessions. */
    public KmsSessions() {}

    /** Returns the session of a configuration, the same one each time. */
    public KmsSession of(KmsSettings settings) {
        return sessions.computeIfAbsent(settings, KmsSession::new);
    }

    /**
     * Returns the key that KMS itself is to verify signatures with, or empty where verification is local: if the
     * public key belongs to no key used so far, or the setting {@code verify} of its session says so.
     */
    public Optional<KmsPrivateKey> verifier(PublicKey publicKey) {
        return owner(publicKey, settings -> settings.verify() == Verification.KMS);
    }

    /**
     * Returns the key that KMS itself is to encrypt or encapsulate for, or empty where that is done here: if the public
     * key belongs to no key used so far, or the setting {@code encrypt} of its session says so.
     */
    public Optional<KmsPrivateKey> encrypter(PublicKey publicKey) {
        return owner(publicKey, settings -> settings.encrypt() == Encryption.KMS);
    }

    /** Returns the key used so far that a public key belongs to. */
    public Optional<KmsPrivateKey> owner(PublicKey publicKey) {
        return owner(publicKey, any -> true);
    }

    private Optional<KmsPrivateKey> owner(PublicKey publicKey, Predicate<KmsSettings> wanted) {
        return sessions.values().stream()
                .filter(session -> wanted.test(session.settings()))
                .flatMap(session -> session.owner(publicKey).stream())
                .findFirst();
    }
}

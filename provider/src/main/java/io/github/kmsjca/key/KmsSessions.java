package io.github.kmsjca.key;

import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.Verification;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
        for (KmsSession session : sessions.values()) {
            if (session.settings().verify() == Verification.KMS) {
                Optional<KmsPrivateKey> key = session.owner(publicKey);
                if (key.isPresent()) {
                    return key;
                }
            }
        }
        return Optional.empty();
    }
}

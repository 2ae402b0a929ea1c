package io.github.kmsjca.keystore;

import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSession;
import java.security.cert.X509Certificate;
import java.util.List;

/** The chains of keys whose certificates stand somewhere else than the keys. Thread-safe. */
record KeyCertificates(KmsSession session, CertificateSource source) {

    static KeyCertificates of(KmsSession session) {
        return new KeyCertificates(
                session,
                session.settings().certificates().map(CertificateSource::at).orElseGet(CertificateSource::none));
    }

    /** Returns the chain of a key, leaf first, empty if there is none; may ask KMS for the public key. */
    List<X509Certificate> chain(KeyId id) {
        return source.isEmpty() ? List.of() : chain(session.key(id));
    }

    /** Returns the chain of a key as far as it is known without a call. */
    List<X509Certificate> knownChain(KeyId id) {
        return session.known(id).map(this::chain).orElse(List.of());
    }

    private List<X509Certificate> chain(KmsPrivateKey key) {
        return source.chainFor(key.publicKey()).orElse(List.of());
    }
}

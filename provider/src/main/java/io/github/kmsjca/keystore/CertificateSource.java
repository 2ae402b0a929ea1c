package io.github.kmsjca.keystore;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

final class CertificateSource {
    static CertificateSource of(Optional<Path> p) {
        return new CertificateSource();
    }

    boolean isEmpty() {
        return true;
    }

    Optional<List<X509Certificate>> chainFor(java.security.PublicKey k) {
        return Optional.empty();
    }
}

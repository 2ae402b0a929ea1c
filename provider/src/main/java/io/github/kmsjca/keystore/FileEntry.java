package io.github.kmsjca.keystore;

import io.github.kmsjca.config.KeyId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

record FileEntry(String alias, Optional<KeyId> key, List<X509Certificate> certificates) {
    boolean isKey() {
        return key.isPresent();
    }
}

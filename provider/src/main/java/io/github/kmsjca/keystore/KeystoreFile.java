package io.github.kmsjca.keystore;

import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.SettingSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

final class KeystoreFile {
    static boolean probe(InputStream in) throws IOException {
        return false;
    }

    static KeystoreFile empty() {
        return new KeystoreFile();
    }

    static KeystoreFile parse(byte[] b, String s) throws IOException {
        return new KeystoreFile();
    }

    SettingSource settings() {
        return SettingSource.of(List.of());
    }

    List<String> aliases() {
        return List.of();
    }

    Optional<FileEntry> entry(String alias) {
        return Optional.empty();
    }

    KeystoreFile withKey(String a, KeyId k, List<X509Certificate> c) {
        return this;
    }

    KeystoreFile withTrusted(String a, X509Certificate c) {
        return this;
    }

    KeystoreFile without(String a) {
        return this;
    }

    byte[] toBytes() {
        return new byte[0];
    }

    void save(Path p) throws IOException {}
}

package io.github.kmsjca.keystore;

import io.github.kmsjca.config.SettingsException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the setting {@code certificates} names, and the chains that can be built of them.
 *
 * <p>Files are read once, when they are needed first. Safe for use by several threads.
 */
final class CertificateSource {
    private final @Nullable CertificateFiles files;
    private final InstantSource clock;
    private @Nullable CertificatePool pool;

    CertificateSource(@Nullable CertificateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Returns a source without certificates. */
    static CertificateSource none() {
        return new CertificateSource(null, InstantSource.system());
    }

    /** Returns the source of a PEM file, a PKCS#12 file, or a folder of such files. */
    static CertificateSource at(Path path) {
        return new CertificateSource(new CertificateFiles(path), InstantSource.system());
    }

    /**
     * Returns the chain of the newest certificate with that public key, leaf first, as far as issuers are at hand;
     * empty if no certificate has the key.
     *
     * @throws SettingsException if the path does not exist, or is a file that cannot be used
     */
    Optional<List<X509Certificate>> chainFor(PublicKey key) {
        return pool().chainFor(key);
    }

    /**
     * Returns whether there is no certificate at all.
     *
     * @throws SettingsException if the path does not exist, or is a file that cannot be used
     */
    boolean isEmpty() {
        return pool().isEmpty();
    }

    private synchronized CertificatePool pool() {
        CertificatePool known = pool;
        if (known == null) {
            known = new CertificatePool(files == null ? List.of() : files.read(), clock);
            pool = known;
        }
        return known;
    }
}

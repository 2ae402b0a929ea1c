package io.github.kmsjca.keystore;

import io.github.kmsjca.config.CertificatePath;
import io.github.kmsjca.config.SettingsException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the setting {@code certificates} names, and the chains that can be built of them.
 *
 * <p>Files are read when they are needed first, and again when they have changed, so that a program that runs for years
 * sees renewed certificates. Safe for use by several threads.
 */
final class CertificateSource {
    /** How long files are taken to be as they were. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private final @Nullable CertificateFiles files;
    private final InstantSource clock;
    private volatile @Nullable Reading last;

    CertificateSource(@Nullable CertificateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /** What the files held, by what to tell whether they have changed, and when they were looked at. */
    private record Reading(
            Map<Path, List<X509Certificate>> files, CertificatePool pool, List<String> state, Instant at) {

        Reading lookedAtAgain(Instant now) {
            return new Reading(files, pool, state, now);
        }
    }

    /** Returns a source without certificates. */
    static CertificateSource none() {
        return new CertificateSource(null, InstantSource.system());
    }

    /** Returns the source of a PEM file, a PKCS#12 file, or a folder of such files. */
    static CertificateSource at(CertificatePath path) {
        return new CertificateSource(new CertificateFiles(path), InstantSource.system());
    }

    /**
     * Returns the chain of the newest certificate with that public key, leaf first, as far as issuers are at hand;
     * empty if no certificate has the key.
     *
     * @param more certificates that are at hand too
     * @throws SettingsException if the path does not exist, or is a file that cannot be used
     */
    Optional<List<X509Certificate>> chainFor(PublicKey key, Collection<X509Certificate> more) {
        return pool().with(more).chainFor(key);
    }

    /** Returns a chain with the issuers that are at hand and the chain lacks. */
    List<X509Certificate> complete(List<X509Certificate> chain) {
        return pool().complete(chain);
    }

    /**
     * Returns whether there is no certificate at all.
     *
     * @throws SettingsException if the path does not exist, or is a file that cannot be used
     */
    boolean isEmpty() {
        return pool().isEmpty();
    }

    private CertificatePool pool() {
        Reading known = last;
        return known != null && isFresh(known) ? known.pool : look();
    }

    private synchronized CertificatePool look() {
        Reading known = last;
        if (known == null || !isFresh(known)) {
            known = known == null ? read(Map.of()) : readAgain(known);
            last = known;
        }
        return known.pool;
    }

    private boolean isFresh(Reading reading) {
        return files == null || clock.instant().isBefore(reading.at.plus(LIFETIME));
    }

    private Reading read(Map<Path, List<X509Certificate>> before) {
        List<String> state = files == null ? List.of() : files.state();
        Map<Path, List<X509Certificate>> certificates = files == null ? Map.of() : files.read(before);
        List<X509Certificate> all =
                certificates.values().stream().flatMap(List::stream).distinct().toList();
        return new Reading(certificates, new CertificatePool(all, clock), state, clock.instant());
    }

    private Reading readAgain(Reading known) {
        if (files == null || files.state().equals(known.state)) {
            return known.lookedAtAgain(clock.instant());
        }
        try {
            return read(known.files);
        } catch (SettingsException unusable) {
            files.warn(unusable.getMessage() + "; the certificates read before stay in use");
            return known.lookedAtAgain(clock.instant());
        }
    }
}

package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.config.CertificatePath;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.key.SettingsException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the setting {@code certificates} names, and the chains that can be built of them.
 *
 * <p>Files are read when they are needed first, and again when they have changed, so that a program that runs for years
 * sees renewed certificates. Safe for use by several threads.
 */
final class FileSource implements CertificateSource {
    /** How long files are taken to be as they were. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private final @Nullable CertificateFiles files;
    private final InstantSource clock;
    private volatile @Nullable Reading last;

    FileSource(@Nullable CertificateFiles files, InstantSource clock) {
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
    static FileSource none() {
        return new FileSource(null, InstantSource.system());
    }

    /** Returns the source of a PEM file, a PKCS#12 file, or a folder of such files. */
    static FileSource at(CertificatePath path) {
        return new FileSource(new CertificateFiles(path), InstantSource.system());
    }

    /**
     * Returns the chain of the newest certificate with the public key of the key, as far as issuers are at hand.
     *
     * @throws SettingsException if the path does not exist, or is a file that cannot be used
     */
    @Override
    public List<X509Certificate> chain(PairHandle key, Lookup lookup) {
        return chain(key.publicKey());
    }

    /** Returns the chain of the newest certificate with a public key, see {@link #chain(PairHandle, Lookup)}. */
    List<X509Certificate> chain(PublicKey key) {
        return pool().chainFor(key).orElse(List.of());
    }

    @Override
    public String place() {
        return "by the setting certificates";
    }

    /** Returns a chain with the issuers that are at hand and the chain lacks. */
    public List<X509Certificate> complete(List<X509Certificate> chain) {
        return pool().complete(chain);
    }

    /**
     * Returns whether there is no certificate at all.
     *
     * @throws SettingsException if the path does not exist, or is a file that cannot be used
     */
    @Override
    public boolean isEmpty() {
        return pool().isEmpty();
    }

    /** Returns all certificates. */
    CertificatePool pool() {
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

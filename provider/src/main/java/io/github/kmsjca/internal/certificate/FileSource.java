package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.config.CertificatePath;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.key.SettingsException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the setting {@code certificates} names, and the chains built from them.
 *
 * <p>Files are read when they are first needed, and again when they have changed. A program that runs for years thus
 * sees renewed certificates. Thread-safe.
 */
final class FileSource implements CertificateSource {
    /** The files; null if the setting is not set. */
    private final @Nullable CertificateFiles files;

    private final InstantSource clock;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private volatile @Nullable Reading last;
    private volatile @Nullable String lastWarning;

    FileSource(@Nullable CertificateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * The result of a read.
     *
     * @param files the certificates of each file
     * @param pool the certificates of all files
     * @param watch notices when the files change; null if the setting names no files
     */
    private record Reading(
            Map<Path, List<X509Certificate>> files,
            CertificatePool pool,
            @Nullable FileWatch watch) {
        boolean isOutdated() {
            return watch != null && watch.haveChanged();
        }
    }

    /** Returns a source without certificates. */
    static FileSource none() {
        return new FileSource(null, InstantSource.system());
    }

    /** Returns the source for a file in any {@link CertificateForm}, or for a folder of such files. */
    static FileSource at(CertificatePath path) {
        return new FileSource(new CertificateFiles(path), InstantSource.system());
    }

    /**
     * Returns a chain for the key, leaf first, completed with issuers from the files. Empty if the files have no
     * certificate for the key.
     *
     * @throws SettingsException if the first read of the files fails
     */
    @Override
    public List<X509Certificate> chain(PairHandle key, Lookup lookup, Purpose purpose) {
        return chain(key.publicKey(), purpose);
    }

    /** Returns a chain for a public key, leaf first. */
    List<X509Certificate> chain(PublicKey key, Purpose purpose) {
        return pool().chainFor(key, purpose).orElse(List.of());
    }

    @Override
    public String place() {
        return "from the setting certificates";
    }

    /**
     * Returns whether the files contain no certificate.
     *
     * @throws SettingsException if the first read of the files fails
     */
    @Override
    public boolean isEmpty() {
        return pool().isEmpty();
    }

    /**
     * Returns the certificates of all files. While one thread reads changed files again, other threads get the earlier
     * certificates.
     *
     * @throws SettingsException if the first read of the files fails, see {@link CertificateFiles#read}
     */
    CertificatePool pool() {
        Reading known = last;
        if (known == null) {
            return readFirst().pool;
        }
        if (!isReading.compareAndSet(false, true)) {
            return known.pool;
        }
        try {
            known = Objects.requireNonNull(last);
            if (known.isOutdated()) {
                known = readAgain(known);
                last = known;
            }
            return known.pool;
        } finally {
            isReading.set(false);
        }
    }

    private synchronized Reading readFirst() {
        Reading known = last;
        if (known == null) {
            known = files == null
                    ? new Reading(Map.of(), new CertificatePool(List.of(), clock), null)
                    : read(Map.of(), new FileWatch(files::state, clock));
            last = known;
        }
        return known;
    }

    private Reading read(Map<Path, List<X509Certificate>> before, FileWatch watch) {
        Map<Path, List<X509Certificate>> certificates =
                Objects.requireNonNull(files).read(before);
        List<X509Certificate> all =
                certificates.values().stream().flatMap(List::stream).distinct().toList();
        return new Reading(certificates, new CertificatePool(all, clock), watch);
    }

    private Reading readAgain(Reading known) {
        try {
            Reading fresh = read(known.files, Objects.requireNonNull(known.watch));
            lastWarning = null;
            return fresh;
        } catch (SettingsException unusable) {
            warnOnce(unusable.getMessage() + "; the earlier certificates stay in use");
            Objects.requireNonNull(known.watch).retry();
            return known;
        }
    }

    /**
     * Warns, unless the previous read failed with the same text: a file that cannot be used is read again every second.
     */
    private void warnOnce(String text) {
        if (!text.equals(lastWarning)) {
            Objects.requireNonNull(files).warn(text);
        }
        lastWarning = text;
    }
}

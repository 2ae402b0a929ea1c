package io.github.kmsjca.internal.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers the chains that were found, until a certificate becomes valid or expires, because a TLS server asks for its
 * chain in each handshake. Thread-safe.
 */
final class ChainMemory {
    /**
     * The maximum number of remembered chains. Callers can ask for the chains of any certificates, so without this
     * limit, they could fill memory.
     */
    private static final int MOST_CHAINS = 20_000;

    /** The times at which a certificate of the pool becomes valid or expires. */
    private final NavigableSet<Instant> changes;

    private final Map<List<X509Certificate>, Remembered> known = new ConcurrentHashMap<>();

    /**
     * Creates an empty memory.
     *
     * @param certificates the certificates of the pool, among which chains are searched
     */
    ChainMemory(Collection<X509Certificate> certificates) {
        this.changes = changes(certificates);
    }

    /** A chain that is the best one from {@code begin} (inclusive) to {@code end} (exclusive). */
    private record Remembered(List<X509Certificate> chain, Instant begin, Instant end) {
        boolean isCurrent(Instant now) {
            return !now.isBefore(begin) && now.isBefore(end);
        }
    }

    /**
     * Returns the chain that was found for the given certificates. Searches for it if none is remembered, or if the
     * remembered chain may no longer be the best one.
     *
     * @param given certificates that the chain must contain, in any order
     */
    List<X509Certificate> chain(List<X509Certificate> given, Instant now, Supplier<List<X509Certificate>> search) {
        Remembered remembered = known.get(given);
        if (remembered != null && remembered.isCurrent(now)) {
            return remembered.chain;
        }
        List<X509Certificate> chain = search.get();
        if (known.size() >= MOST_CHAINS) {
            known.clear();
        }
        // the caller may change its list
        known.put(List.copyOf(given), remembered(chain, given, now));
        return chain;
    }

    private Remembered remembered(List<X509Certificate> chain, List<X509Certificate> given, Instant now) {
        // the best chain stays the same between two of these times
        NavigableSet<Instant> near = changes(given);
        near.add(Instant.MIN);
        near.add(Instant.MAX);
        Instant before = changes.floor(now);
        Instant after = changes.higher(now);
        near.addAll(before == null ? List.of() : List.of(before));
        near.addAll(after == null ? List.of() : List.of(after));
        return new Remembered(chain, near.floor(now), near.higher(now));
    }

    /**
     * Returns the times at which certificates become valid or expire. A certificate is still valid at the end of its
     * validity, so it expires one nanosecond later.
     */
    private static NavigableSet<Instant> changes(Collection<X509Certificate> certificates) {
        NavigableSet<Instant> changes = new TreeSet<>();
        for (X509Certificate certificate : certificates) {
            changes.add(certificate.getNotBefore().toInstant());
            changes.add(certificate.getNotAfter().toInstant().plusNanos(1));
        }
        return changes;
    }
}

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
    /** The maximum number of chains. Callers can ask for the chains of any certificates. */
    private static final int MOST_CHAINS = 20_000;

    private final NavigableSet<Instant> changes;
    private final Map<List<X509Certificate>, Remembered> known = new ConcurrentHashMap<>();

    /**
     * Creates a memory.
     *
     * @param certificates the certificates among which chains are searched
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
     * Returns the chain that was found for the given certificates, or searches for it.
     *
     * @param given the first certificates of the chain, in any order
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
        // the best chain stays the same until the next of these times
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
     * Returns the times at which certificates become valid or expire. A certificate is valid at both ends of its
     * validity.
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

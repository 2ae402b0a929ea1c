package io.github.kmsjca.conformance.signature;

import java.util.Set;
import java.util.TreeSet;

/** Counts what a run of the suite has tested. Safe for use by many threads. */
final class Tally {
    private final Set<String> algorithms = new TreeSet<>();
    private final Set<String> specs = new TreeSet<>();
    private final Set<String> rows = new TreeSet<>();
    private final Set<CallPattern> patterns = new TreeSet<>();
    private final Set<Integer> lengths = new TreeSet<>();
    private int combinations;
    private int signatures;
    private int verifications;

    synchronized void countInput(SignatureRow row, CallPattern pattern, byte[] input) {
        algorithms.add(row.algorithm());
        specs.add(row.spec());
        rows.add(row.toString());
        patterns.add(pattern);
        lengths.add(input.length);
        combinations++;
    }

    synchronized void countSignature(int verifiers) {
        signatures++;
        verifications += verifiers;
    }

    synchronized int rows() {
        return rows.size();
    }

    @Override
    public synchronized String toString() {
        return "%d rows (%d algorithms, %d key specs), %d lengths, %d call patterns: "
                        .formatted(rows.size(), algorithms.size(), specs.size(), lengths.size(), patterns.size())
                + "%d combinations, %d signatures, %d verifications by other providers"
                        .formatted(combinations, signatures, verifications);
    }
}

package io.github.kmsjca.benchmarks;

import io.github.kmsjca.benchmarks.Figure.Bound;
import io.github.kmsjca.benchmarks.LoadSides.Side;
import io.github.kmsjca.benchmarks.LoadSides.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Compares the library with an SDK client for several keys, numbers of threads and latencies: signatures per second,
 * the 99th percentile of the time, and processor time. These figures have no bounds: where the emulator uses most of
 * the processor time, they say little about the library and the SDK client.
 */
final class ThreadFigures {
    private final Plan plan;

    /**
     * How much to measure.
     *
     * @param keys the keys that sign
     * @param threads the numbers and kinds of threads
     * @param latencies the network latencies in milliseconds
     * @param turns the number of turns that count
     * @param signaturesPerThread the number of signatures in a turn, divided by the number of threads
     * @param minimum the least number of signatures in a turn, of all threads together
     */
    record Plan(
            List<SigningKey> keys,
            List<Threads> threads,
            List<Integer> latencies,
            int turns,
            int signaturesPerThread,
            int minimum) {}

    /** A number of threads. */
    record Threads(ThreadKind kind, int number) {}

    ThreadFigures(Plan plan) {
        this.plan = plan;
    }

    void measure(Consumer<Figure> report) throws IOException {
        for (int latency : plan.latencies) {
            try (KmsProcess kms =
                    KmsProcess.start(plan.keys.stream().map(SigningKey::name).toList(), latency)) {
                for (SigningKey key : plan.keys) {
                    measure(key, kms, new Series(key + ", ", " at " + latency + " ms", report));
                }
            }
        }
    }

    private void measure(SigningKey key, KmsProcess kms, Series series) throws IOException {
        try (LoadSides sides = LoadSides.start(key, kms)) {
            for (Threads threads : plan.threads) {
                if (threads.kind.isAvailable()) {
                    series.report(turns(sides, threads));
                }
            }
        }
    }

    private List<Turn> turns(LoadSides sides, Threads threads) throws IOException {
        Load load = new Load(
                threads.kind, threads.number, Math.max(plan.minimum, threads.number * plan.signaturesPerThread));
        // the first turn does not count, because it is slower than the others
        sides.run(load, 0);
        List<Turn> turns = new ArrayList<>();
        for (int turn = 0; turn < plan.turns; turn++) {
            turns.add(sides.run(load, turn));
        }
        return turns;
    }

    /** The figures of a key at a latency. */
    private record Series(String prefix, String suffix, Consumer<Figure> output) {
        void report(List<Turn> turns) {
            String name = prefix + turns.get(0).load().threadsText() + suffix;
            output.accept(figure(name, "/s", turns, Speed::perSecond));
            output.accept(figure(name + ", 99 %", "µs", turns, Speed::percentile99));
            output.accept(figure(name + ", processor", "µs", turns, Speed::processorTime));
        }

        private static Figure figure(String name, String unit, List<Turn> turns, ToDoubleFunction<Speed> value) {
            List<Double> ours = new ArrayList<>();
            List<Double> base = new ArrayList<>();
            turns.forEach(turn -> {
                ours.add(value.applyAsDouble(turn.of(Side.LIBRARY)));
                base.add(value.applyAsDouble(turn.of(Side.CLIENT)));
            });
            return new Figure(name, unit, ours, base, Bound.none());
        }
    }
}

package io.github.kmsjca.benchmarks;

import io.github.kmsjca.benchmarks.Figure.Bound;
import io.github.kmsjca.benchmarks.LoadSides.Side;
import io.github.kmsjca.benchmarks.LoadSides.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compares the throughput of many threads at a network latency of 10 ms: the library with an SDK client, and the
 * one-file jar with the library. Also compares the time of one thread without latency: the one-file jar with the
 * library.
 */
final class LoadFigures {
    /** Ed25519 costs the emulator less processor time than P-256, so the emulator does not limit the throughput. */
    private static final SigningKey KEY = SigningKey.ECC_NIST_EDWARDS25519;

    private static final int LATENCY = 10;
    private static final int PLATFORM_THREADS = 64;
    private static final int VIRTUAL_THREADS = 256;

    /** Fewer threads than in the turns that count, so that the JVM has time to compile the code. */
    private static final int WARM_UP_THREADS = 32;

    private static final Bound LIBRARY = Bound.atLeast(0.97);
    private static final Bound ONE_FILE_JAR = Bound.atLeast(0.95);
    private static final Bound TIME = Bound.atMost(1.3);

    private final Path jar;
    private final Plan plan;

    /**
     * Creates the comparison.
     *
     * @param jar the one-file jar
     */
    LoadFigures(Path jar, Plan plan) {
        this.jar = jar;
        this.plan = plan;
    }

    /**
     * How much to measure.
     *
     * @param starts how often to start the processes. Depending on how the JVM happened to compile the code, the same
     *     program can need 1.5 times the processor time for a signature.
     * @param warmUps the number of warm-up turns after each start, which have few threads and do not count. The sides
     *     alternate in these turns too, so that the JVM of each side can compile while the other sides run. A side is
     *     fully compiled only after about 40,000 signatures.
     * @param turns the number of turns after each start that count
     * @param signatures the number of signatures in a turn
     */
    record Plan(int starts, int warmUps, int turns, int signatures) {}

    void measure(Consumer<Figure> report) throws IOException {
        Path program = Files.createTempDirectory("kms-jca");
        try {
            LoadSides.copyProgram(program);
            Load oneThread = new Load(ThreadKind.PLATFORM, 1, plan.signatures);
            report.accept(time(measure(program, 0, List.of(oneThread))));
            List<Load> manyThreads = manyThreads();
            List<Turn> turns = measure(program, LATENCY, manyThreads);
            for (Load load : manyThreads) {
                report.accept(throughput(load, turns, Side.LIBRARY, Side.CLIENT, LIBRARY));
                report.accept(throughput(load, turns, Side.ONE_FILE_JAR, Side.LIBRARY, ONE_FILE_JAR));
            }
        } finally {
            ToolFigures.delete(program);
        }
    }

    private List<Load> manyThreads() {
        return Stream.of(
                        new Load(ThreadKind.PLATFORM, PLATFORM_THREADS, plan.signatures),
                        new Load(ThreadKind.VIRTUAL, VIRTUAL_THREADS, plan.signatures))
                .filter(load -> load.kind().isAvailable())
                .toList();
    }

    private List<Turn> measure(Path program, int latency, List<Load> loads) throws IOException {
        List<Turn> turns = new ArrayList<>();
        try (KmsProcess kms = KmsProcess.start(List.of(KEY.name()), latency)) {
            for (int start = 0; start < plan.starts; start++) {
                try (LoadSides sides = LoadSides.start(jar, program, KEY, kms)) {
                    turns.addAll(turns(sides, loads));
                }
            }
        }
        return turns;
    }

    private List<Turn> turns(LoadSides sides, List<Load> loads) throws IOException {
        List<Turn> turns = new ArrayList<>();
        for (int turn = 0; turn < plan.warmUps; turn++) {
            sides.run(new Load(ThreadKind.PLATFORM, WARM_UP_THREADS, plan.signatures), turn);
        }
        for (int turn = 0; turn < plan.turns; turn++) {
            for (Load load : loads) {
                turns.add(sides.run(load, turn));
            }
        }
        return turns;
    }

    private static Figure time(List<Turn> turns) {
        List<Double> ours = new ArrayList<>();
        List<Double> base = new ArrayList<>();
        turns.forEach(turn -> {
            ours.add(turn.of(Side.ONE_FILE_JAR).median());
            base.add(turn.of(Side.LIBRARY).median());
        });
        return new Figure("sign() Ed25519, 1 thread: one-file jar, library", "µs", ours, base, TIME);
    }

    private static Figure throughput(Load load, List<Turn> turns, Side side, Side other, Bound bound) {
        List<Double> ours = new ArrayList<>();
        List<Double> base = new ArrayList<>();
        turns.stream().filter(turn -> turn.load().equals(load)).forEach(turn -> {
            ours.add(turn.of(side).perSecond());
            base.add(turn.of(other).perSecond());
        });
        return new Figure(load.threadsText() + " at 10 ms: " + side + ", " + other, "/s", ours, base, bound);
    }
}

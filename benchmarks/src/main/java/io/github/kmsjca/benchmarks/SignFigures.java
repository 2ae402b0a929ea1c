package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Compares the time and allocation of {@code sign()} with the time and allocation of a plain SDK call. */
final class SignFigures {
    private static final Figure.Bound BOUND = Figure.Bound.atMost(1.05);
    private static final double BYTES_PER_KILOBYTE = 1024;
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Plan plan;

    SignFigures(Plan plan) {
        this.plan = plan;
    }

    /** A benchmark method with its parameters. */
    record BenchmarkMethod(Class<?> benchmark, String method, Map<String, String> parameters) {}

    /**
     * What to measure.
     *
     * @param keys the keys that sign
     * @param threads the numbers of threads
     * @param turns the number of turns
     * @param iterations the number of JMH's warm-up iterations in a turn; the same number of iterations then counts
     * @param iteration the duration of an iteration
     */
    record Plan(List<SigningKey> keys, List<Integer> threads, int turns, int iterations, TimeValue iteration) {

        /** Runs a benchmark method in a JVM of its own. */
        RunResult run(BenchmarkMethod measured, KmsProcess kms, int threads) throws RunnerException {
            List<String> jvm = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
            kms.properties().forEach((name, value) -> jvm.add("-D" + name + "=" + value));
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include("^" + measured.benchmark.getName().replace(".", "\\.") + "\\." + measured.method + "$")
                    .threads(threads)
                    .forks(1)
                    .jvmArgs(jvm.toArray(String[]::new))
                    .warmupIterations(iterations)
                    .warmupTime(iteration)
                    .measurementIterations(iterations)
                    .measurementTime(iteration)
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true);
            measured.parameters.forEach(options::param);
            return new Runner(options.build()).run().iterator().next();
        }
    }

    void measure(Consumer<Figure> report) throws IOException, RunnerException {
        List<String> specs =
                Arrays.stream(SigningKey.values()).map(SigningKey::name).toList();
        try (KmsProcess kms = KmsProcess.start(specs, 0)) {
            for (SigningKey key : plan.keys) {
                for (int threads : plan.threads) {
                    measure(kms, key, threads).forEach(report);
                }
            }
        }
    }

    private List<Figure> measure(KmsProcess kms, SigningKey key, int threads) throws RunnerException {
        Series provider = new Series();
        Series client = new Series();
        for (int turn = 0; turn < plan.turns; turn++) {
            provider.add(plan.run(
                    new BenchmarkMethod(SignBenchmark.class, "provider", Map.of("key", key.name())), kms, threads));
            client.add(plan.run(
                    new BenchmarkMethod(SignBenchmark.class, "client", Map.of("key", key.name())), kms, threads));
        }
        String name = "sign() " + key + ", " + threads + (threads == 1 ? " thread" : " threads");
        return List.of(
                new Figure(name + ", time", "µs", provider.times, client.times, BOUND),
                new Figure(name + ", allocation", "KB", provider.kilobytes, client.kilobytes, BOUND));
    }

    /** The results of all turns of one side. */
    private static final class Series {
        private final List<Double> times = new ArrayList<>();
        private final List<Double> kilobytes = new ArrayList<>();

        void add(RunResult result) {
            times.add(result.getPrimaryResult().getScore());
            Result<?> allocation =
                    Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATION), ALLOCATION);
            kilobytes.add(allocation.getScore() / BYTES_PER_KILOBYTE);
        }
    }
}

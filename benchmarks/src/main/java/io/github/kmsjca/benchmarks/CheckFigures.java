package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures what {@code verify-after-sign=always} costs. Compares the processor time of the check with its budget. Also
 * compares the time of {@code sign()} with and without the check, at a network latency of 10 ms.
 */
final class CheckFigures {
    private static final Figure.Bound COST_BOUND = Figure.Bound.atMost(1);
    private static final Figure.Bound SLOWDOWN_BOUND = Figure.Bound.atMost(1.05);
    private static final int LATENCY_MILLISECONDS = 10;
    private static final double NANOSECONDS_PER_MICROSECOND = 1000;

    private final SignFigures.Plan plan;
    private final List<CheckBenchmark.Key> keys;

    CheckFigures(SignFigures.Plan plan, List<CheckBenchmark.Key> keys) {
        this.plan = plan;
        this.keys = keys;
    }

    void measure(Consumer<Figure> report) throws IOException, RunnerException {
        List<String> specs = keys.stream().map(CheckBenchmark.Key::name).toList();
        try (KmsProcess near = KmsProcess.start(specs, 0);
                KmsProcess far = KmsProcess.start(specs, LATENCY_MILLISECONDS)) {
            for (CheckBenchmark.Key key : keys) {
                // the first signatures of an emulator are slower than the others
                sign(key, "never", near);
                sign(key, "never", far);
                report.accept(cost(key, near));
                report.accept(slowdown(key, far));
            }
        }
    }

    private Figure cost(CheckBenchmark.Key key, KmsProcess kms) throws RunnerException {
        List<Double> costs = new ArrayList<>();
        List<Double> budgets = new ArrayList<>();
        for (int turn = 0; turn < plan.turns(); turn++) {
            double cost = processorTime(sign(key, "always", kms)) - processorTime(sign(key, "never", kms));
            costs.add(Math.max(0, cost));
            budgets.add(key.budget() > 0 ? key.budget() : processorTime(verify(key, kms)));
        }
        return new Figure("check of a signature " + key + ", against its budget", "µs", costs, budgets, COST_BOUND);
    }

    private Figure slowdown(CheckBenchmark.Key key, KmsProcess kms) throws RunnerException {
        List<Double> always = new ArrayList<>();
        List<Double> never = new ArrayList<>();
        for (int turn = 0; turn < plan.turns(); turn++) {
            always.add(sign(key, "always", kms).getPrimaryResult().getScore());
            never.add(sign(key, "never", kms).getPrimaryResult().getScore());
        }
        String name = "sign() " + key + " at 10 ms, with check against without";
        return new Figure(name, "µs", always, never, SLOWDOWN_BOUND);
    }

    /** Returns the processor time of one call in microseconds. */
    private static double processorTime(RunResult result) {
        return counter(result, "nanoseconds") / counter(result, "calls") / NANOSECONDS_PER_MICROSECOND;
    }

    private static double counter(RunResult result, String name) {
        Result<?> counter = result.getSecondaryResults().get(name);
        return Objects.requireNonNull(counter, name).getScore();
    }

    private RunResult sign(CheckBenchmark.Key key, String check, KmsProcess kms) throws RunnerException {
        return run("sign", Map.of("key", key.name(), "check", check), kms);
    }

    private RunResult verify(CheckBenchmark.Key key, KmsProcess kms) throws RunnerException {
        return run("verify", Map.of("key", key.name()), kms);
    }

    private RunResult run(String method, Map<String, String> parameters, KmsProcess kms) throws RunnerException {
        return plan.run(new SignFigures.BenchmarkMethod(CheckBenchmark.class, method, parameters), kms, 1);
    }
}

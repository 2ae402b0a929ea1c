package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures what {@code verify-after-sign=always} costs: the time of the check against its budget, and the time of
 * {@code sign()} at a network latency of 10 ms against {@code never}.
 */
final class CheckFigures {
    private static final double SLOWER = 1.05;
    private static final int LATENCY = 10;

    private final SignFigures.Plan plan;
    private final List<CheckBenchmark.Key> keys;

    CheckFigures(SignFigures.Plan plan, List<CheckBenchmark.Key> keys) {
        this.plan = plan;
        this.keys = keys;
    }

    void measure(Consumer<Figure> report) throws IOException, RunnerException {
        List<String> specs = keys.stream().map(CheckBenchmark.Key::name).toList();
        try (KmsProcess near = KmsProcess.start(specs, 0);
                KmsProcess far = KmsProcess.start(specs, LATENCY)) {
            for (CheckBenchmark.Key key : keys) {
                report.accept(cost(key, near));
                report.accept(slowdown(key, far));
            }
        }
    }

    private Figure cost(CheckBenchmark.Key key, KmsProcess kms) throws RunnerException {
        List<Double> costs = new ArrayList<>();
        List<Double> budgets = new ArrayList<>();
        for (int turn = 0; turn < plan.turns(); turn++) {
            costs.add(Math.max(0, sign(key, "always", kms) - sign(key, "never", kms)));
            budgets.add(key.budget() > 0 ? key.budget() : verify(key, kms));
        }
        return new Figure("check of a signature " + key + ", against its budget", "µs", costs, budgets, 1);
    }

    private Figure slowdown(CheckBenchmark.Key key, KmsProcess kms) throws RunnerException {
        List<Double> always = new ArrayList<>();
        List<Double> never = new ArrayList<>();
        for (int turn = 0; turn < plan.turns(); turn++) {
            always.add(sign(key, "always", kms));
            never.add(sign(key, "never", kms));
        }
        return new Figure("sign() " + key + " at 10 ms, always against never", "µs", always, never, SLOWER);
    }

    private double sign(CheckBenchmark.Key key, String check, KmsProcess kms) throws RunnerException {
        return plan.run(CheckBenchmark.class, "sign", kms, Map.of("key", key.name(), "check", check), 1)
                .getPrimaryResult()
                .getScore();
    }

    private double verify(CheckBenchmark.Key key, KmsProcess kms) throws RunnerException {
        return plan.run(CheckBenchmark.class, "verify", kms, Map.of("key", key.name()), 1)
                .getPrimaryResult()
                .getScore();
    }
}

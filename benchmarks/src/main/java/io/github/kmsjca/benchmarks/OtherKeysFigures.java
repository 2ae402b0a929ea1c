package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures how much slower operations without a KMS key are after {@code KmsProvider.install()}. Each operation asks
 * for an engine without naming a provider, as most programs do.
 */
final class OtherKeysFigures {
    private static final Figure.Bound BOUND = Figure.Bound.atMost(1.03);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOSECONDS_PER_MICROSECOND = 1000;

    private final Plan plan;

    /**
     * How long to measure.
     *
     * @param turns how often both sides are measured
     * @param microseconds about how long one side takes in a turn
     */
    record Plan(int turns, int microseconds) {}

    OtherKeysFigures(Plan plan) {
        this.plan = plan;
    }

    void measure(Consumer<Figure> report) throws GeneralSecurityException {
        for (OtherKeysOperation operation : OtherKeysOperation.values()) {
            report.accept(figure(operation));
        }
    }

    private Figure figure(OtherKeysOperation operation) throws GeneralSecurityException {
        OtherKeysOperation.Body body = operation.prepare();
        int calls = (int) Math.max(1, plan.microseconds / timeOf(body, 1));
        // both sides run often enough to be compiled before they are measured
        timeWithProvider(body, calls);
        calls = (int) Math.max(1, plan.microseconds / timeOf(body, calls));
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int turn = 0; turn < plan.turns; turn++) {
            without.add(timeOf(body, calls));
            with.add(timeWithProvider(body, calls));
        }
        return new Figure(
                "other keys: " + operation + ", with kms-jca installed, against without", "µs", with, without, BOUND);
    }

    private static double timeWithProvider(OtherKeysOperation.Body body, int calls) throws GeneralSecurityException {
        KmsProvider.install();
        try {
            return timeOf(body, calls);
        } finally {
            Security.removeProvider(KmsProvider.NAME);
        }
    }

    /** Returns the processor time of a call in microseconds. Other programs affect it less than the elapsed time. */
    private static double timeOf(OtherKeysOperation.Body body, int calls) throws GeneralSecurityException {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int call = 0; call < calls; call++) {
            body.run();
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / NANOSECONDS_PER_MICROSECOND / calls;
    }
}

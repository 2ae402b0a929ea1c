package io.github.kmsjca.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A comparison of two sides that are measured alternately.
 *
 * @param name what is measured
 * @param unit the unit of the values
 * @param ours the measured values, one for each turn
 * @param base the values to compare them with, one for each turn
 * @param bound the acceptable ratios
 */
record Figure(String name, String unit, List<Double> ours, List<Double> base, Bound bound) {

    /**
     * A limit of a ratio.
     *
     * @param value the limit; a ratio equal to it is acceptable
     * @param isMinimum whether the limit is the smallest acceptable ratio; otherwise it is the largest
     */
    record Bound(double value, boolean isMinimum) {
        /** Returns a bound for costs. */
        static Bound atMost(double value) {
            return new Bound(value, false);
        }

        /** Returns a bound for throughputs. */
        static Bound atLeast(double value) {
            return new Bound(value, true);
        }

        private boolean isMissedBy(double ratio) {
            return isMinimum ? ratio < value : ratio > value;
        }
    }

    Figure {
        if (ours.isEmpty() || ours.size() != base.size()) {
            throw new IllegalArgumentException(name + ": " + ours.size() + " values to compare with " + base.size());
        }
        ours = List.copyOf(ours);
        base = List.copyOf(base);
    }

    /** Returns the median of the ratios of all turns. A change in the load of the machine hardly affects it. */
    double ratio() {
        double[] ratios = new double[ours.size()];
        for (int turn = 0; turn < ratios.length; turn++) {
            ratios[turn] = ours.get(turn) / base.get(turn);
        }
        return Median.of(ratios);
    }

    boolean isMissed() {
        return bound.isMissedBy(ratio());
    }

    static String heading() {
        return String.format("%-58s %12s %12s %7s %8s", "", "measured", "compared", "ratio", "bound");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-58s %9.1f %-2s %9.1f %-2s %7.2f %3s %4.2f%s",
                name,
                Median.of(ours),
                unit,
                Median.of(base),
                unit,
                ratio(),
                bound.isMinimum ? ">=" : "<=",
                bound.value,
                isMissed() ? "  MISSED" : "");
    }
}

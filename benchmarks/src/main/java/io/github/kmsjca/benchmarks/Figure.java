package io.github.kmsjca.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One line of the benchmark report: our values, compared with the values of a baseline. Each turn gives one value of
 * each side.
 *
 * @param name what is measured
 * @param unit the unit of the values
 * @param ours the measured values, one for each turn
 * @param base the values to compare them with, one for each turn
 * @param bound the acceptable ratios of our values to those of the baseline
 */
record Figure(String name, String unit, List<Double> ours, List<Double> base, Bound bound) {

    /**
     * A limit for a ratio.
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

        /** Returns a bound that every ratio keeps, for figures without a goal. */
        static Bound none() {
            return atMost(Double.POSITIVE_INFINITY);
        }

        private boolean isMissedBy(double ratio) {
            return isMinimum ? ratio < value : ratio > value;
        }

        @Override
        public String toString() {
            return Double.isInfinite(value)
                    ? ""
                    : String.format(Locale.ROOT, "%s %4.2f", isMinimum ? ">=" : "<=", value);
        }
    }

    Figure {
        if (ours.isEmpty() || ours.size() != base.size()) {
            throw new IllegalArgumentException(
                    name + ": both sides need the same number of values, at least one; they have " + ours.size()
                            + " and " + base.size());
        }
        ours = List.copyOf(ours);
        base = List.copyOf(base);
    }

    /** Returns the median of the ratios of all turns. A change in the machine's load hardly affects this median. */
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
        return String.format("%-58s %12s %12s %7s %8s", "", "ours", "baseline", "ratio", "bound");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-58s %9.1f %-2s %9.1f %-2s %7.2f %8s%s",
                name,
                Median.of(ours),
                unit,
                Median.of(base),
                unit,
                ratio(),
                bound,
                isMissed() ? "  MISSED" : "");
    }
}

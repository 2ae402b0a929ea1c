package io.github.kmsjca.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What something costs with the provider and without it, measured in turns.
 *
 * @param name what was measured
 * @param unit of the costs
 * @param ours the costs with the provider, one for each turn
 * @param base the costs of what it is compared with, one for each turn
 * @param bound what the ratio should not exceed
 */
record Figure(String name, String unit, List<Double> ours, List<Double> base, double bound) {
    Figure {
        if (ours.isEmpty() || ours.size() != base.size()) {
            throw new IllegalArgumentException(name + ": " + ours.size() + " and " + base.size() + " measurements");
        }
        ours = List.copyOf(ours);
        base = List.copyOf(base);
    }

    /** Returns the median of the ratios of each turn, which a change in the load of the machine hardly touches. */
    double ratio() {
        double[] ratios = new double[ours.size()];
        for (int turn = 0; turn < ratios.length; turn++) {
            ratios[turn] = ours.get(turn) / base.get(turn);
        }
        return Median.of(ratios);
    }

    boolean isExceeded() {
        return ratio() > bound;
    }

    static String heading() {
        return String.format("%-52s %12s %12s %7s %6s", "", "provider", "without", "ratio", "bound");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-52s %9.1f %-2s %9.1f %-2s %7.2f %6.2f%s",
                name,
                Median.of(ours),
                unit,
                Median.of(base),
                unit,
                ratio(),
                bound,
                isExceeded() ? "  EXCEEDED" : "");
    }
}

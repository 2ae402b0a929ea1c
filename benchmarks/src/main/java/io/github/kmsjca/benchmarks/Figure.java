package io.github.kmsjca.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * The cost of an action with the provider, and a cost to compare it with. The two sides are measured alternately.
 *
 * @param name the action and the kind of cost
 * @param unit the unit of the costs
 * @param ours the costs with the provider, one for each turn
 * @param base the costs to compare with, such as those without the provider, one for each turn
 * @param bound the largest acceptable ratio
 */
record Figure(String name, String unit, List<Double> ours, List<Double> base, double bound) {
    Figure {
        if (ours.isEmpty() || ours.size() != base.size()) {
            throw new IllegalArgumentException(
                    name + ": " + ours.size() + " measurements with the provider, " + base.size() + " without");
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

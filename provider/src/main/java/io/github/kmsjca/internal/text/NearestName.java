package io.github.kmsjca.internal.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the valid name that a user probably meant. */
public final class NearestName {
    private static final int MAX_DISTANCE = 3;

    private NearestName() {}

    /**
     * Returns the element of {@code names} that differs least from {@code name}; empty if even this element differs in
     * too many letters. The limit is a third of the letters of {@code name}, but at least one letter and at most three.
     */
    public static Optional<String> of(String name, Collection<String> names) {
        int limit = Math.min(MAX_DISTANCE, Math.max(1, name.length() / 3));
        return names.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= limit)
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /**
     * Returns the smallest number of steps that change one text into the other (optimal string alignment distance). A
     * step inserts, deletes or replaces a letter, or swaps two neighboring letters.
     */
    static int distance(String from, String to) {
        // costs[i][j] is the distance between the first i letters of from and the first j letters of to
        int[][] costs = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, i, j, from.charAt(i - 1) == to.charAt(j - 1));
                if (i > 1 && j > 1 && swapped(from, i, to, j)) {
                    costs[i][j] = Math.min(costs[i][j], costs[i - 2][j - 2] + 1);
                }
            }
        }
        return costs[from.length()][to.length()];
    }

    private static int cost(int[][] costs, int i, int j, boolean sameLetter) {
        int replace = costs[i - 1][j - 1] + (sameLetter ? 0 : 1);
        return Math.min(replace, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
    }

    private static boolean swapped(String from, int i, String to, int j) {
        return from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}

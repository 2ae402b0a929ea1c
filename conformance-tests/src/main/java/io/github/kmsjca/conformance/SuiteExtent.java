package io.github.kmsjca.conformance;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of the suites runs. A usual run takes minutes, so it leaves out rows that differ little from others. With
 * the system property {@code kms.suite.whole}, everything runs.
 */
public final class SuiteExtent {
    /** The tag of tests that a usual run leaves out. */
    public static final String WHOLE = "whole";

    private static final boolean IS_WHOLE = Boolean.getBoolean("kms.suite.whole");

    private SuiteExtent() {}

    /** Returns whether everything runs. */
    public static boolean isWhole() {
        return IS_WHOLE;
    }

    /**
     * Returns the rows of a test that run: all of them, or in a usual run the first of each group.
     *
     * @param all all rows, in an order in which rows that differ little are neighbors
     * @param size the number of consecutive rows in a group
     */
    public static <T> Stream<T> rows(List<T> all, int size) {
        return IntStream.range(0, all.size())
                .filter(index -> IS_WHOLE || index % size == 0)
                .mapToObj(all::get);
    }
}

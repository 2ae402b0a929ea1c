package io.github.kmsjca.conformance;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of the suites runs. To end within minutes, a usual run leaves out slow tests, and rows that differ little
 * from others. It tests each behavior at least once. CONTRIBUTING.md lists what it leaves out. With the system property
 * {@code kms.suite.whole=true}, everything runs.
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
     * Returns the rows of a test that run. In a usual run, these are the first row and every n-th row after it.
     *
     * @param all all rows, in an order in which rows that differ little are neighbors
     */
    public static <T> Stream<T> everyNth(List<T> all, int n) {
        return everyNth(all, n, 0);
    }

    /**
     * Returns the rows of a test that run. In a usual run, these are every n-th row, beginning with the row of index
     * {@code start % n}. Tests with different starts together use all rows.
     */
    public static <T> Stream<T> everyNth(List<T> all, int n, int start) {
        return IntStream.range(0, all.size())
                .filter(index -> IS_WHOLE || index % n == start % n)
                .mapToObj(all::get);
    }

    /** Returns the rows of a test that run. In a usual run, this is only the first row. */
    // List.of only reads the array
    @SuppressWarnings("varargs")
    @SafeVarargs
    public static <T> Stream<T> firstOf(T... all) {
        return everyNth(List.of(all), all.length);
    }

    /** Returns how often a test repeats something: {@code usual} in a usual run, otherwise {@code whole}. */
    public static int times(int usual, int whole) {
        return IS_WHOLE ? whole : usual;
    }
}

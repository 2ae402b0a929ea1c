package io.github.kmsjca.internal.library;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version, such as {@code 2.31.54} or {@code 2.40.0-PREVIEW}. Only the numbers at the beginning decide which version
 * is older.
 */
record Version(String text) implements Comparable<Version> {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})*");
    private static final Comparator<int[]> ORDER = Arrays::compare;

    /** Returns the version; empty if the text does not begin with a number. */
    static Optional<Version> of(String text) {
        return Optional.of(text)
                .filter(found -> NUMBERS.matcher(found).lookingAt())
                .map(Version::new);
    }

    /** Returns the numbers at the beginning; empty if the text does not begin with a number. */
    private int[] numbers() {
        Matcher matcher = NUMBERS.matcher(text);
        return matcher.lookingAt()
                ? Arrays.stream(matcher.group().split("\\.", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray()
                : new int[0];
    }

    /** Compares number by number, so that 1.9 is older than 1.10, and 1.79 is older than 1.79.1. */
    @Override
    public int compareTo(Version other) {
        return ORDER.compare(numbers(), other.numbers());
    }

    boolean isOlderThan(String minimum) {
        return compareTo(new Version(minimum)) < 0;
    }
}

package io.github.kmsjca.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads all pages of a list, with limits, because a server that is not KMS could send pages forever.
 *
 * @param limit the time limit for the whole list
 * @param maxPages the maximum number of pages, which only a broken server exceeds
 * @param remedy what to do if the time limit is reached, as the end of the error text
 * @param clock returns the time, as {@link System#nanoTime}
 */
record Pages(Duration limit, int maxPages, String remedy, LongSupplier clock) {
    /** Creates limits with the clock of the JVM. */
    Pages(Duration limit, int maxPages, String remedy) {
        this(limit, maxPages, remedy, System::nanoTime);
    }

    /**
     * One page.
     *
     * @param items the items of the page
     * @param next the marker of the next page; null on the last page
     */
    record Page<T>(List<T> items, @Nullable String next) {}

    /**
     * Returns the items of all pages.
     *
     * @param request returns the page for a marker, or the first page for null
     * @throws BadAnswerException if the list has too many pages, or does not end
     * @throws OutOfTimeException if the time limit is reached
     */
    <T> List<T> read(Function<@Nullable String, Page<T>> request) {
        List<T> items = new ArrayList<>();
        Set<String> markers = new HashSet<>();
        long start = clock.getAsLong();
        Page<T> page = request.apply(null);
        items.addAll(page.items);
        while (page.next != null) {
            if (!markers.add(page.next)) {
                throw new BadAnswerException(
                        "the answer's list does not end: a page leads back to itself or to an earlier one");
            }
            if (markers.size() >= maxPages) {
                throw new BadAnswerException("the answer's list has more than " + maxPages + " pages");
            }
            if (clock.getAsLong() - start > limit.toNanos()) {
                throw OutOfTimeException.ofList(
                        "the list has more pages, but its time limit of " + limitText() + " is reached; " + remedy);
            }
            page = request.apply(page.next);
            items.addAll(page.items);
        }
        return items;
    }

    private String limitText() {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? limit.toSeconds() + " s" : millis + " ms";
    }
}

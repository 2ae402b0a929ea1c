package io.github.kmsjca.internal.client;

import java.time.Duration;

/**
 * The limits of each operation.
 *
 * @param call the time limit of the operation
 * @param attempt the time limit of one attempt
 * @param attempts the maximum number of attempts
 * @param repeatsUnanswered whether a request is repeated if it is not known whether it arrived
 */
record Limits(Duration call, Duration attempt, int attempts, boolean repeatsUnanswered) {
    /** Longer than any program runs, and short enough to add to {@link System#nanoTime} without overflow. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /** The limits for the program's own clients, which repeat failed requests themselves: one attempt per Region. */
    static final Limits OF_OWN_CLIENTS = new Limits(FOREVER, FOREVER, Integer.MAX_VALUE, false);

    /**
     * Returns the limits of an operation that creates something. A request that may have arrived is not repeated,
     * because a second request would create another thing. One attempt may take as long as the whole operation.
     */
    Limits ofCreation() {
        return new Limits(call, call, attempts, false);
    }

    /** Begins an operation. */
    Budget begin() {
        return new Budget(System.nanoTime() + call.toNanos(), this);
    }

    /**
     * What one operation may still use.
     *
     * @param deadline when its time limit is reached, as {@link System#nanoTime}
     * @param limits its limits
     */
    record Budget(long deadline, Limits limits) {
        /** Returns the time that is left, in nanoseconds; 0 or negative if the time limit is reached. */
        long nanosLeft() {
            return deadline - System.nanoTime();
        }

        boolean isTimeUp() {
            return nanosLeft() <= 0;
        }
    }
}

package io.github.kmsjca.internal.client;

import java.time.Duration;

/**
 * The limits of each operation.
 *
 * @param call the time limit of the operation
 * @param attempt the time limit of one attempt
 * @param attempts the maximum number of attempts
 */
record Limits(Duration call, Duration attempt, int attempts) {
    /** More than a program runs, and little enough to be added to {@link System#nanoTime}. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /** The limits for the program's own clients, which repeat failed requests themselves: one attempt per Region. */
    static final Limits OF_OWN_CLIENTS = new Limits(FOREVER, FOREVER, Integer.MAX_VALUE);

    /** Returns limits with which one attempt may take as long as the whole operation. */
    Limits withLongAttempts() {
        return new Limits(call, call, attempts);
    }

    /** Begins an operation. */
    Budget begin() {
        return new Budget(System.nanoTime() + call.toNanos(), attempt, attempts);
    }

    /**
     * What one operation may still use.
     *
     * @param deadline when its time limit is reached, as {@link System#nanoTime}
     * @param attempt the time limit of one attempt
     * @param attempts the maximum number of attempts
     */
    record Budget(long deadline, Duration attempt, int attempts) {
        /** Returns the time that is left, in nanoseconds; 0 or negative if the time limit is reached. */
        long nanosLeft() {
            return deadline - System.nanoTime();
        }

        boolean isTimeUp() {
            return nanosLeft() <= 0;
        }
    }
}

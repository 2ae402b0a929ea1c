package io.github.kmsjca.internal.client;

import java.time.Duration;

/**
 * The limits of each operation.
 *
 * @param callTimeout the time limit of the operation
 * @param attemptTimeout the time limit of one attempt
 * @param attempts the maximum number of attempts
 * @param repeatsUnanswered whether a request that may have reached KMS, but got no answer from it, is repeated
 */
record Limits(Duration callTimeout, Duration attemptTimeout, int attempts, boolean repeatsUnanswered) {
    /** Longer than any program runs, and short enough to add to {@link System#nanoTime} without overflow. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /**
     * No limits, for KMS clients that the program supplies. Those clients have their own time limits and repeat failed
     * requests themselves, so {@link Operation} makes only one attempt in each Region.
     */
    static final Limits UNLIMITED = new Limits(FOREVER, FOREVER, Integer.MAX_VALUE, false);

    /**
     * Returns the limits of an operation that creates something. A request that may have arrived is not repeated,
     * because a second request would create another thing. One attempt may take as long as the whole operation.
     */
    Limits ofCreation() {
        return new Limits(callTimeout, callTimeout, attempts, false);
    }

    /** Begins an operation. */
    Budget begin() {
        return new Budget(System.nanoTime() + callTimeout.toNanos(), this);
    }

    /**
     * The time that an operation has left, and the limits of the operation.
     *
     * @param deadline when the time limit of the operation is reached, as {@link System#nanoTime}
     * @param limits the limits of the operation
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

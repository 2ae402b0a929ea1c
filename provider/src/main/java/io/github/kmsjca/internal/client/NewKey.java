package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** Repeats requests that use a new key, because some KMS servers do not know the key yet. */
final class NewKey {
    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(50), Duration.ofSeconds(2));

    private NewKey() {}

    /** Waits between two requests. */
    @FunctionalInterface
    interface Pause {
        /**
         * Waits.
         *
         * @throws KmsException if the provider is closed meanwhile
         * @throws InterruptedException if the thread is interrupted
         */
        void accept(Duration duration) throws InterruptedException;
    }

    /**
     * Repeats a request until KMS knows the key, and returns the result.
     *
     * @throws KmsException the failure of the last request, if the time limit is reached or the failure has another
     *     cause; also if the wait ends because the provider is closed or the thread is interrupted
     */
    static <T> T await(Duration limit, Pause pause, Supplier<T> request) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (KmsException notYet) {
                Duration delay = PAUSES.computeDelay(attempt);
                if (!KmsErrors.mayBeNewKey(notYet) || System.nanoTime() - start + delay.toNanos() > limit.toNanos()) {
                    throw notYet;
                }
                pauseFor(delay, pause);
            }
        }
    }

    private static void pauseFor(Duration delay, Pause pause) {
        try {
            pause.accept(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsException(
                    "interrupted while waiting until KMS knows the new key", KmsException.Failure.of("INTERRUPTED"), e);
        }
    }
}

package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** Repeats requests for a new key, which some KMS servers do not know yet. */
final class NewKey {
    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(50), Duration.ofSeconds(2));

    private NewKey() {}

    /**
     * Repeats a request until KMS knows the key, and returns the result.
     *
     * @throws KmsException if the time limit is reached, or the request fails for another reason
     */
    static <T> T await(Duration limit, Supplier<T> request) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (KmsException notYet) {
                Duration pause = PAUSES.computeDelay(attempt);
                if (!KmsErrors.mayPass(notYet) || System.nanoTime() - start + pause.toNanos() > limit.toNanos()) {
                    throw notYet;
                }
                sleep(pause);
            }
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsException(
                    "interrupted while waiting for a new key", KmsException.Failure.of("INTERRUPTED"), e);
        }
    }
}

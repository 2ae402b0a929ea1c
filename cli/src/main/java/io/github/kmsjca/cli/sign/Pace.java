package io.github.kmsjca.cli.sign;

import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Set;

/**
 * Slows all tasks down when KMS throttles requests. Each throttled request doubles the pause before the next ones, and
 * each success halves it. Thread-safe.
 */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** After so many throttled requests without a success between them, throttling is a failure like any other. */
    private static final int LIMIT = 20;

    /** See KMS API, "Common Errors" and {@code LimitExceededException}. */
    private static final Set<String> THROTTLING = Set.of("ThrottlingException", "TooManyRequestsException");

    private Duration pause = Duration.ZERO;
    private int throttled;

    static boolean isThrottling(KmsException failure) {
        return THROTTLING.contains(failure.code());
    }

    /** Waits as long as the present pace demands. */
    void await() throws InterruptedException {
        long millis;
        synchronized (this) {
            millis = pause.toMillis();
        }
        Thread.sleep(millis);
    }

    synchronized void succeeded() {
        throttled = 0;
        pause = pause.compareTo(FIRST) <= 0 ? Duration.ZERO : pause.dividedBy(2);
    }

    /** Records a throttled request. Returns whether it is worthwhile to go on. */
    synchronized boolean slowDown() {
        throttled++;
        Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return throttled <= LIMIT;
    }
}

package io.github.kmsjca.cli.sign;

import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Slows all jobs down when KMS throttles requests. A throttled request begins a wave. Other requests that were already
 * on the way, and are throttled too, belong to the same wave. Each wave doubles the pause before the next requests, and
 * each success halves the pause. Thread-safe.
 */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** If there are more waves than this without a success, throttled requests fail. */
    private static final int MAX_WAVES = 10;

    /** The code that KMS documents for throttling, and another one that the AWS SDK treats as throttling. */
    private static final Set<String> THROTTLING = Set.of("ThrottlingException", "TooManyRequestsException");

    private final Sleeper sleeper;
    private Duration pause = Duration.ZERO;
    private int waves;
    private int wavesWithoutSuccess;

    /** Waits for a time. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * Creates the pace of a batch.
     *
     * @param sleeper waits, as {@link Thread#sleep}
     */
    Pace(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    static boolean isThrottling(KmsException failure) {
        return THROTTLING.contains(failure.code());
    }

    /** Waits before a request, and returns the number of waves so far, for {@link #mayRetry}. */
    int await() throws InterruptedException {
        Duration time;
        int wavesSoFar;
        synchronized (this) {
            time = pause;
            wavesSoFar = waves;
        }
        if (!time.isZero()) {
            // a random part, so that the jobs do not all send at the same moment
            sleeper.sleep(time.plusMillis(RandomGenerator.getDefault().nextLong(time.toMillis())));
        }
        return wavesSoFar;
    }

    /** Records a successful request. */
    synchronized void succeeded() {
        wavesWithoutSuccess = 0;
        pause = pause.compareTo(FIRST) <= 0 ? Duration.ZERO : pause.dividedBy(2);
    }

    /**
     * Records a throttled request. The first one of a wave makes the pause longer. Returns whether the caller may try
     * again: not if there were too many waves without a success.
     *
     * @param wavesBefore the number of waves that {@link #await} returned before the request
     */
    synchronized boolean mayRetry(int wavesBefore) {
        if (wavesBefore == waves) {
            waves++;
            wavesWithoutSuccess++;
            Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        }
        return wavesWithoutSuccess <= MAX_WAVES;
    }
}

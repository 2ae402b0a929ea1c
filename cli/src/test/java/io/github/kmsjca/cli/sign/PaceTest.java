package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final Pace pace = new Pace(pauses::add);

    /** The pause is random: at least the given time, and less than twice as long. */
    private void assertPause(Duration least) throws InterruptedException {
        pauses.clear();
        pace.await();
        assertEquals(1, pauses.size());
        assertTrue(pauses.get(0).compareTo(least) >= 0, pauses::toString);
        assertTrue(pauses.get(0).compareTo(least.multipliedBy(2)) < 0, pauses::toString);
    }

    @Test
    void await_withoutThrottling_doesNotWait() throws InterruptedException {
        pace.await();
        pace.succeeded();
        pace.await();
        assertEquals(List.of(), pauses);
    }

    @Test
    void mayRetry_manyJobsAtOnce_areOneWave() throws InterruptedException {
        int wavesBefore = pace.await();
        for (int job = 0; job < 100; job++) {
            assertTrue(pace.mayRetry(wavesBefore));
        }
        assertPause(Duration.ofMillis(500));
    }

    @Test
    void mayRetry_waveAfterWave_reachesTheLongestPauseAndGivesUp() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            assertTrue(pace.mayRetry(pace.await()));
        }
        assertPause(Duration.ofSeconds(30));
        assertFalse(pace.mayRetry(pace.await()));
    }

    @Test
    void succeeded_afterTwoWaves_halvesThePauseAndThenEndsIt() throws InterruptedException {
        pace.mayRetry(pace.await());
        pace.mayRetry(pace.await());
        assertPause(Duration.ofSeconds(1));
        pace.succeeded();
        assertPause(Duration.ofMillis(500));
        pace.succeeded();
        pauses.clear();
        pace.await();
        assertEquals(List.of(), pauses);
    }
}

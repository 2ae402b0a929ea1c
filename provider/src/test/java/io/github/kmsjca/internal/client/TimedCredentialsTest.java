package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Tests how long an attempt waits for credentials, and what ends the wait. */
// the variable in try(...) is not used: the attempt only sets the time limit of its thread
@SuppressWarnings("try")
class TimedCredentialsTest {
    /** After this time, found credentials are no longer new, so the next call starts another search. */
    private static final Duration OVER_MAX_AGE = Duration.ofSeconds(2);

    private final Transport transport = new Transport();
    private final CountDownLatch searching = new CountDownLatch(1);
    private final AtomicLong now = new AtomicLong();

    /** A search that ignores interrupts, like a search that waits for the output of a program. */
    private AwsCredentials search() {
        searching.countDown();
        new Semaphore(0).acquireUninterruptibly();
        throw new AssertionError("nobody releases the semaphore");
    }

    @Test
    void close_severalThreadsWaitForOneSearch_allEnd() throws Exception {
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            TimedCredentials credentials = new TimedCredentials(this::search, transport.background());
            List<Future<?>> waiting = new ArrayList<>();
            for (int caller = 0; caller < 3; caller++) {
                waiting.add(callers.submit(() -> {
                    long end = System.nanoTime() + Duration.ofHours(1).toNanos();
                    try (RequestWatch.Attempt attempt = transport.watch().begin(end)) {
                        return credentials.resolveCredentials();
                    }
                }));
            }
            Waiting.until(searching);
            transport.close();
            for (Future<?> call : waiting) {
                ExecutionException failure =
                        assertThrows(ExecutionException.class, () -> call.get(Waiting.LIMIT, TimeUnit.SECONDS));
                assertInstanceOf(CancellationException.class, failure.getCause());
            }
        } finally {
            transport.close();
            callers.shutdownNow();
        }
    }

    private static AwsCredentials expiringAfter(Duration validity) {
        return AwsSessionCredentials.builder()
                .accessKeyId("any")
                .secretAccessKey("any")
                .sessionToken("any")
                .expirationTime(Instant.now().plus(validity))
                .build();
    }

    /** Returns credentials whose first search succeeds and whose second search hangs. */
    private TimedCredentials hangingInTheSecondSearch(Duration validity) {
        AtomicInteger searches = new AtomicInteger();
        return new TimedCredentials(
                () -> searches.getAndIncrement() == 0 ? expiringAfter(validity) : search(),
                transport.background(),
                () -> now.get());
    }

    @Test
    void resolve_validForAnHour_areUsedWhileTheNextSearchHangs() {
        TimedCredentials credentials = hangingInTheSecondSearch(Duration.ofHours(1));
        AwsCredentials first = credentials.resolveCredentials();
        now.addAndGet(OVER_MAX_AGE.toNanos());
        assertTrue(credentials.areAvailable());
        assertSame(first, credentials.resolveCredentials());
        Waiting.until(searching);
        transport.close();
    }

    @Test
    void resolve_expireSoon_waitsForTheNextSearch() throws Exception {
        TimedCredentials credentials = hangingInTheSecondSearch(Duration.ofSeconds(50));
        credentials.resolveCredentials();
        now.addAndGet(OVER_MAX_AGE.toNanos());
        assertFalse(credentials.areAvailable());
        // the time limit of this attempt has already passed
        try (RequestWatch.Attempt attempt = transport.watch().begin(System.nanoTime())) {
            assertThrows(SlowCredentialsException.class, credentials::resolveCredentials);
        }
        transport.close();
    }
}

package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.testing.Waiting;
import java.time.Duration;
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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** The wait for credentials while the provider is closed. */
// attempts are for their effect on the thread
@SuppressWarnings("try")
class TimedCredentialsTest {
    private final Transport transport = new Transport();
    private final CountDownLatch searching = new CountDownLatch(1);

    /** A search that ignores interrupts, as one for the answer of a program does. */
    private AwsCredentials search() {
        searching.countDown();
        new Semaphore(0).acquireUninterruptibly();
        throw new AssertionError("nobody releases it");
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
}

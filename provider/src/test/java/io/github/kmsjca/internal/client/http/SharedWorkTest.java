package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.testing.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests {@link SharedWork}: several threads can wait for the result of one computation in another thread. */
class SharedWorkTest {
    @AutoClose
    private final Transport transport = new Transport();

    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private SharedWork<Integer> blockedWork() {
        return new SharedWork<>(transport.background(), "the work", () -> {
            int run = runs.incrementAndGet();
            Waiting.until(mayEnd);
            return run;
        });
    }

    @Test
    void get_manyThreadsAtOnce_runsOnce() throws Exception {
        SharedWork<Integer> work = blockedWork();
        List<Integer> results = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Thread thread = new Thread(() -> {
                try {
                    int result = work.get();
                    synchronized (results) {
                        results.add(result);
                    }
                } catch (ExecutionException | TimeoutException e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            Waiting.until(() -> thread.getState() == Thread.State.WAITING);
        }
        mayEnd.countDown();
        threads.forEach(Waiting::untilEnded);
        assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), results);
    }

    @Test
    void get_afterTheEnd_runsAgain() throws Exception {
        mayEnd.countDown();
        SharedWork<Integer> work = blockedWork();
        assertEquals(1, work.get());
        assertEquals(2, work.get());
    }

    @Test
    void get_afterAFailure_runsAgain() throws Exception {
        IOException failure = new IOException("first run");
        SharedWork<Integer> work = new SharedWork<>(transport.background(), "the work", () -> {
            if (runs.incrementAndGet() == 1) {
                throw failure;
            }
            return runs.get();
        });
        assertSame(failure, assertThrows(ExecutionException.class, work::get).getCause());
        assertEquals(2, work.get());
    }

    @Test
    void get_timeLimitOfTheAttempt_endsTheWaitAndNamesTheWork() throws Exception {
        SharedWork<Integer> work = blockedWork();
        try (RequestWatch.Attempt attempt =
                transport.watch().begin(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1))) {
            TimeoutException failure = assertThrows(TimeoutException.class, work::get);
            assertEquals("the work did not finish", failure.getMessage());
            assertEquals(RequestWatch.End.TIME_LIMIT, attempt.end());
        }
        mayEnd.countDown();
    }

    /** Valid credentials must stay usable if their renewal cannot start. */
    @Test
    void start_noFurtherThread_doesNothing() {
        ThreadFactory factory = work -> {
            runs.incrementAndGet();
            throw new OutOfMemoryError("unable to create native thread");
        };
        try (Background background = new Background(transport.watch(), factory)) {
            SharedWork<Integer> work = new SharedWork<>(background, "the work", runs::get);
            work.start();
            work.start();
            assertThrows(OutOfMemoryError.class, work::get);
            assertEquals(3, runs.get());
        }
    }
}

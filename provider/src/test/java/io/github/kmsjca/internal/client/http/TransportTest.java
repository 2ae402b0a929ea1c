package io.github.kmsjca.internal.client.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that closing a transport ends waits, requests and threads, and that a closed transport allows no new ones. */
// one test does not use its variable in try(...): the attempt only sets a time limit for the wait
@SuppressWarnings("try")
class TransportTest {
    /** Longer than any test, so that only {@code close} can end a wait. */
    private static final Duration HOUR = Duration.ofHours(1);

    private final Transport transport = new Transport();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        transport.close();
        callers.shutdownNow();
    }

    private RequestWatch.Attempt begin() {
        return transport.watch().begin(System.nanoTime() + HOUR.toNanos());
    }

    @Test
    void pause_closedMeanwhile_endsAndReturnsTrue() throws Exception {
        Future<Boolean> paused = callers.submit(() -> transport.watch().pause(HOUR));
        transport.close();
        assertTrue(paused.get(Waiting.LIMIT, TimeUnit.SECONDS));
    }

    @Test
    void close_attemptWithRequest_abortsTheRequestOnce() {
        AtomicInteger aborts = new AtomicInteger();
        try (RequestWatch.Attempt attempt = begin()) {
            attempt.sends(aborts::incrementAndGet);
            transport.close();
            transport.close();
            assertEquals(RequestWatch.End.CLOSED, attempt.end());
        }
        assertEquals(1, aborts.get());
    }

    @Test
    void sends_afterClose_abortsTheRequest() {
        AtomicInteger aborts = new AtomicInteger();
        transport.close();
        try (RequestWatch.Attempt attempt = begin()) {
            attempt.sends(aborts::incrementAndGet);
            assertEquals(RequestWatch.End.CLOSED, attempt.end());
        }
        assertEquals(1, aborts.get());
    }

    @Test
    void close_workInProgress_endsTheWaitAndInterruptsTheWork() throws Exception {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        Future<?> waiting = callers.submit(() -> {
            try (RequestWatch.Attempt attempt = begin()) {
                return work(blocked(worker, never)).get();
            }
        });
        Thread busy = worker.get(Waiting.LIMIT, TimeUnit.SECONDS);
        transport.close();
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> waiting.get(Waiting.LIMIT, TimeUnit.SECONDS));
        assertInstanceOf(CancellationException.class, failure.getCause());
        Waiting.untilEnded(busy);
    }

    private SharedWork<Object> work(Callable<Object> task) {
        return new SharedWork<>(transport.background(), "the work", task);
    }

    private static Callable<Object> blocked(CompletableFuture<Thread> worker, CountDownLatch never) {
        return () -> {
            worker.complete(Thread.currentThread());
            never.await();
            return new Object();
        };
    }

    @Test
    void get_afterClose_isRefused() {
        transport.close();
        assertThrows(RejectedExecutionException.class, () -> work(Object::new).get());
    }

    /** While there is an attempt, only {@code close} ends the thread of the watch. */
    @Test
    void close_attemptInProgress_endsTheWatch() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (RequestWatch.Attempt attempt = begin()) {
            List<Thread> watches = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("kms-jca-request-watch"))
                    .filter(thread -> !before.contains(thread))
                    .toList();
            assertEquals(1, watches.size());
            transport.close();
            watches.forEach(Waiting::untilEnded);
            assertEquals(RequestWatch.End.CLOSED, attempt.end());
        }
    }
}

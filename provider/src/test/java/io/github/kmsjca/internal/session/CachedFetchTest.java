package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachedFetchTest {
    private static final int THREADS = 8;

    private final AtomicInteger fetches = new AtomicInteger();

    /** Lets {@link #failWhenAllowed} end, with the failure. */
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private RuntimeException failure = new IllegalArgumentException("refused");

    private static KmsException interrupted(int httpStatus) {
        return new KmsException("interrupted", new KmsException.Failure("INTERRUPTED", httpStatus, null, false), null);
    }

    static Stream<RuntimeException> sharedFailures() {
        // the error code in an answer of a server can be one of the provider's own codes
        return Stream.of(new IllegalArgumentException("refused"), interrupted(400));
    }

    @ParameterizedTest
    @MethodSource("sharedFailures")
    @Timeout(60)
    void get_manyThreadsAndAFailure_isFetchedOnce(RuntimeException shared) throws InterruptedException {
        failure = shared;
        CachedFetch<String> cached = new CachedFetch<>(this::failWhenAllowed, Duration.ofMinutes(1));
        AtomicInteger failures = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> {
                assertSame(shared, assertThrows(shared.getClass(), cached::get));
                failures.incrementAndGet();
            }));
        }
        threads.forEach(Thread::start);
        while (!threads.stream().allMatch(CachedFetchTest::isWaiting)) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(THREADS, failures.get());
        assertEquals(1, fetches.get());
    }

    @Test
    void get_afterAFailure_isFetchedAgain() {
        mayEnd.countDown();
        CachedFetch<String> cached =
                new CachedFetch<>(() -> fetches.get() == 0 ? failWhenAllowed() : "value", Duration.ofMinutes(1));
        assertThrows(IllegalArgumentException.class, cached::get);
        assertEquals("value", cached.get());
    }

    /** Without a status, the exception is like that of a program whose code was interrupted in another thread. */
    @ParameterizedTest
    @ValueSource(ints = {0, 400})
    void get_ownFetchFailsWithTheCodeOfAnInterrupt_isNotFetchedAgain(int httpStatus) {
        mayEnd.countDown();
        failure = interrupted(httpStatus);
        CachedFetch<String> cached =
                new CachedFetch<>(() -> fetches.get() == 0 ? failWhenAllowed() : "value", Duration.ofMinutes(1));
        assertSame(failure, assertThrows(KmsException.class, cached::get));
        assertEquals(1, fetches.get());
    }

    @Test
    void get_afterItsLifetime_isFetchedAgain() {
        // with a negative lifetime, a value is old at once
        CachedFetch<Integer> cached = new CachedFetch<>(fetches::incrementAndGet, Duration.ofNanos(-1));
        assertEquals(1, cached.get());
        assertEquals(2, cached.get());
    }

    @Test
    void get_withinItsLifetime_isFetchedOnce() {
        CachedFetch<Integer> cached = new CachedFetch<>(fetches::incrementAndGet, Duration.ofDays(1));
        assertEquals(1, cached.get());
        assertEquals(1, cached.get());
    }

    @Test
    @Timeout(60)
    void get_fetchingThreadIsInterrupted_isFetchedByAnother() throws Exception {
        CachedFetch<String> cached = new CachedFetch<>(this::valueUnlessInterrupted, Duration.ofMinutes(1));
        Thread first = new Thread(() -> assertThrows(KmsException.class, cached::get));
        first.start();
        while (!isWaiting(first)) {
            Thread.onSpinWait();
        }
        FutureTask<String> second = new FutureTask<>(cached::get);
        Thread waiting = new Thread(second);
        waiting.start();
        while (!isWaiting(waiting)) {
            Thread.onSpinWait();
        }
        first.interrupt();
        assertEquals("value", second.get());
    }

    /** Waits for an interrupt in the first call, and returns a value in later calls. */
    private String valueUnlessInterrupted() {
        try {
            if (fetches.incrementAndGet() == 1) {
                mayEnd.await();
            }
            return "value";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsException("interrupted", KmsException.Failure.of("INTERRUPTED"), e);
        }
    }

    /** Counts a fetch, waits for {@code mayEnd}, and fails. */
    private String failWhenAllowed() {
        fetches.incrementAndGet();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw failure;
    }

    private static boolean isWaiting(Thread thread) {
        return Set.of(Thread.State.WAITING, Thread.State.BLOCKED).contains(thread.getState());
    }
}

package io.github.kmsjca.internal.client.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Ends attempts whose time limit is reached or whose thread is interrupted. A blocked read ignores interrupts, and only
 * closing its connection ends it. One thread watches all attempts of a provider. It starts with an attempt, and ends
 * when there has been none for 200 ms or the provider is closed. Thread-safe.
 */
public final class RequestWatch implements AutoCloseable {
    /** The maximum delay before a time limit or an interrupt is noticed, unless the machine is busy. */
    private static final Duration INTERVAL = Duration.ofMillis(50);

    /** The thread ends after this many intervals without an attempt. */
    private static final int IDLE_ROUNDS = 4;

    /** Why an attempt ended early. */
    public enum End {
        /** The time limit was reached. */
        TIME_LIMIT,
        /** The thread was interrupted. */
        INTERRUPT,
        /** The provider was closed. */
        CLOSED
    }

    private final Map<Thread, Attempt> attempts = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Thread> watcher = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Begins an attempt of the current thread. The caller must close the attempt in the same thread. After the provider
     * is closed, the attempt ends at once.
     *
     * @param deadline when the attempt ends, as {@link System#nanoTime}
     */
    public Attempt begin(long deadline) {
        Attempt attempt = new Attempt(deadline, current());
        attempts.put(Thread.currentThread(), attempt);
        try {
            if (isClosed()) {
                attempt.end(End.CLOSED);
            } else if (watcher.get() == null) {
                start();
            }
        } catch (RuntimeException | Error e) {
            attempt.close();
            throw e;
        }
        return attempt;
    }

    /** Returns the attempt of the current thread; null if there is none. */
    @Nullable
    Attempt current() {
        return attempts.get(Thread.currentThread());
    }

    /** Records the answer to the request of the current thread. */
    public void answered(SdkHttpResponse answer) {
        Attempt attempt = current();
        if (attempt != null) {
            attempt.answer = answer;
        }
    }

    /**
     * Waits between two attempts.
     *
     * @return whether the provider was closed before the end of the pause
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean pause(Duration duration) throws InterruptedException {
        return closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns whether the provider is closed. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends the thread of the watch, all attempts, and all waits in {@link #pause}. */
    @Override
    public void close() {
        closed.countDown();
        attempts.values().forEach(attempt -> attempt.end(End.CLOSED));
    }

    private void start() {
        Thread thread = new Thread(null, this::watch, "kms-jca-request-watch", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        if (watcher.compareAndSet(null, thread)) {
            try {
                thread.start();
            } catch (Error e) {
                // the machine has no free thread now; the next attempt tries again
                watcher.set(null);
                throw e;
            }
        }
    }

    private void watch() {
        try {
            checkUntilIdle();
        } catch (InterruptedException e) {
            // this thread ends; only a program that interrupts threads of others causes this
        } finally {
            watcher.set(null);
            // two cases need another thread: an attempt that began before the line above relied on this thread; or an
            // HTTP client threw an exception when its request was aborted, and that ends this thread
            if (!attempts.isEmpty() && !isClosed()) {
                start();
            }
        }
    }

    private void checkUntilIdle() throws InterruptedException {
        int idleRounds = 0;
        while (idleRounds < IDLE_ROUNDS) {
            boolean isClosed = pause(INTERVAL);
            if (isClosed) {
                return;
            }
            long now = System.nanoTime();
            attempts.values().forEach(attempt -> attempt.check(now));
            idleRounds = attempts.isEmpty() ? idleRounds + 1 : 0;
        }
    }

    /**
     * One attempt of a KMS operation, or one search for credentials or the default Region, in one thread. The watch can
     * end it early. Thread-safe.
     */
    public final class Attempt implements AutoCloseable {
        private final Thread thread;
        private final long deadline;

        /** The request in progress, guarded by this. */
        private @Nullable Abortable request;

        private volatile @Nullable End end;
        private volatile boolean hasRequest;
        private boolean finished;

        /** The answer; only the thread of the attempt uses it. */
        private @Nullable SdkHttpResponse answer;

        /**
         * The enclosing attempt of the same thread. For example, this attempt may get credentials for the enclosing
         * attempt.
         */
        private final @Nullable Attempt outer;

        private Attempt(long deadline, @Nullable Attempt outer) {
            this.outer = outer;
            this.thread = Thread.currentThread();
            this.deadline = deadline;
        }

        /** Returns why the attempt ended early; null if it did not. */
        public @Nullable End end() {
            return end;
        }

        /** Returns whether the time limit is reached, even if the watch has not noticed it yet. */
        public boolean isLate() {
            return System.nanoTime() - deadline >= 0;
        }

        /** Returns the time at which the time limit is reached, as {@link System#nanoTime}. */
        long deadline() {
            return deadline;
        }

        /** Records the request to abort if the attempt ends early. If the attempt has ended, aborts it at once. */
        synchronized void sends(Abortable next) {
            request = next;
            if (end != null) {
                next.abort();
            } else {
                hasRequest = true;
            }
        }

        /** Returns the answer to the request; null if there is none. Only for the thread of the attempt. */
        public @Nullable SdkHttpResponse answer() {
            return answer;
        }

        /** Returns whether a request began before the attempt ended. */
        public boolean hasRequest() {
            return hasRequest;
        }

        /** Ends the attempt if its thread is interrupted or its time limit is reached. */
        void check(long now) {
            if (thread.isInterrupted()) {
                end(End.INTERRUPT);
            } else if (now - deadline >= 0) {
                end(End.TIME_LIMIT);
            }
        }

        /**
         * Ends the attempt early: aborts the request, which then fails in its own thread. Does nothing if the attempt
         * has ended.
         */
        synchronized void end(End reason) {
            if (!finished && end == null) {
                end = reason;
                Abortable current = request;
                if (current != null) {
                    current.abort();
                }
            }
        }

        /** Marks the attempt as finished. After this, nothing aborts its request. */
        @Override
        public void close() {
            synchronized (this) {
                finished = true;
                request = null;
            }
            if (outer == null) {
                attempts.remove(thread);
            } else {
                attempts.put(thread, outer);
                if (isClosed()) {
                    outer.end(End.CLOSED);
                }
            }
        }
    }
}

package io.github.kmsjca.internal.client.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Work that nothing can abort, such as a name resolution. It runs in another thread, so that at least the wait for it
 * can end. Threads that need its result at the same time share it. Thread-safe.
 */
public final class SharedWork<T> {
    /** Work that takes longer than this is stuck. The next call starts it again in another thread. */
    private static final Duration MAX_DURATION = Duration.ofMinutes(5);

    private final Background background;
    private final String name;
    private final Callable<T> work;

    /** The run in progress, guarded by this. */
    private @Nullable Run running;

    /**
     * Creates work, and does not start it.
     *
     * @param name what error texts call the work, such as {@code the search for AWS credentials}
     */
    public SharedWork(Background background, String name, Callable<T> work) {
        this.background = background;
        this.name = name;
        this.work = work;
    }

    /**
     * Starts the work unless it is in progress, and returns its result. Waits until the work is done, the time limit of
     * the current attempt is reached, the provider is closed, or the current thread is interrupted. Without an attempt
     * there is no time limit.
     *
     * @throws java.util.concurrent.CancellationException if the provider is closed meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the provider is closed already
     * @throws ExecutionException if the work fails; the cause is the exception of the work
     * @throws TimeoutException if the time limit is reached; the message names the work
     * @throws software.amazon.awssdk.core.exception.AbortedException if the thread is interrupted; the thread's flag
     *     stays set
     */
    public T get() throws ExecutionException, TimeoutException {
        return background.await(name, running().task);
    }

    /**
     * Starts the work if it is not in progress, and does not wait for it. Does nothing if the JVM cannot create a
     * thread, because the caller does not need the result yet.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the provider is closed already
     */
    public void start() {
        try {
            Run unused = running();
        } catch (OutOfMemoryError noThread) {
            // Java throws this error if the operating system allows no further thread. The next call tries again
        }
    }

    /** Returns the run in progress. Starts one if there is none, or if it is stuck. */
    private synchronized Run running() {
        Run present = running;
        if (present == null || present.isStuck()) {
            present = new Run();
            // end() waits for the lock that this method holds. So end() sees this run even if the work ends at once
            background.start(present.task);
            running = present;
        }
        return present;
    }

    /** One run of the work. */
    private final class Run implements Callable<T> {
        private final FutureTask<T> task = new FutureTask<>(this);
        private final long start = System.nanoTime();

        boolean isStuck() {
            return System.nanoTime() - start > MAX_DURATION.toNanos();
        }

        @Override
        public T call() throws Exception {
            try {
                return work.call();
            } finally {
                end();
            }
        }

        private void end() {
            synchronized (SharedWork.this) {
                if (running == this) {
                    running = null;
                }
            }
        }
    }
}

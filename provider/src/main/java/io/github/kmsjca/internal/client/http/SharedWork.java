package io.github.kmsjca.internal.client.http;

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
    private final Background background;
    private final String name;
    private final Callable<T> work;

    /** The work in progress, guarded by this. */
    private @Nullable FutureTask<T> running;

    /**
     * Creates work, and does not start it.
     *
     * @param name what error texts call it, such as {@code the search for AWS credentials}
     */
    public SharedWork(Background background, String name, Callable<T> work) {
        this.background = background;
        this.name = name;
        this.work = work;
    }

    /**
     * Returns the result of the work in progress, or else starts it. Waits until the work is done, the time limit of the
     * current attempt is reached, the provider is closed, or the current thread is interrupted. Without an attempt there
     * is no time limit.
     *
     * @throws java.util.concurrent.CancellationException if the provider is closed meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the provider is closed already
     * @throws ExecutionException if the work fails; the cause is its exception
     * @throws TimeoutException if the time limit is reached; the message names the work
     * @throws InterruptedException if the thread is interrupted
     */
    public T get() throws ExecutionException, TimeoutException, InterruptedException {
        return background.await(name, start());
    }

    private synchronized FutureTask<T> start() {
        FutureTask<T> present = running;
        if (present == null) {
            present = new FutureTask<>(this::run);
            background.start(present);
            running = present;
        }
        return present;
    }

    private T run() throws Exception {
        try {
            return work.call();
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }
}

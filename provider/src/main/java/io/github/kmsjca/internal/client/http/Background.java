package io.github.kmsjca.internal.client.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that nothing can abort, such as a name resolution, in another thread, so that at least the wait for it can
 * end. Threads end when they have had no work for 200 ms. Thread-safe.
 */
public final class Background implements AutoCloseable {
    private static final Duration KEPT = Duration.ofMillis(200);

    private final RequestWatch watch;
    private final ThreadPoolExecutor threads;

    /** The work that a thread may wait for. */
    private final Set<FutureTask<?>> running = ConcurrentHashMap.newKeySet();

    /**
     * Creates a place for work. Starts no thread.
     *
     * @param watch knows the time limit of the current attempt
     */
    public Background(RequestWatch watch) {
        this.watch = watch;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEPT.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "kms-jca-background", 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                });
    }

    /**
     * Returns the result of some work. Waits until the work is done, the time limit of the current attempt is reached,
     * the provider is closed, or the current thread is interrupted. Without an attempt there is no time limit.
     *
     * @throws java.util.concurrent.CancellationException if the provider is closed meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the provider is closed already
     * @throws ExecutionException if the work fails; the cause is its exception
     * @throws TimeoutException if the time limit is reached; the message names the work
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> T call(String name, Callable<T> work) throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        start(task);
        return await(name, task);
    }

    /** Starts some work, for a thread that waits with {@link #await}. */
    public void start(FutureTask<?> task) {
        running.add(task);
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                running.remove(task);
            }
        });
    }

    /** Starts some work that nobody waits for, and that {@link #close} does not cancel. */
    void run(Runnable work) {
        threads.execute(work);
    }

    /** Waits for some work. The results are those of {@link #call}. */
    public <T> T await(String name, FutureTask<T> task)
            throws ExecutionException, TimeoutException, InterruptedException {
        RequestWatch.@Nullable Attempt attempt = watch.current();
        if (attempt == null) {
            return task.get();
        }
        try {
            return task.get(attempt.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            attempt.end(RequestWatch.End.TIME_LIMIT);
            TimeoutException named = new TimeoutException(name + " did not finish");
            named.initCause(e);
            throw named;
        }
    }

    /** Ends all waits and idle threads now. Running work is interrupted, and its thread ends with it. */
    @Override
    public void close() {
        // before the work is interrupted, so that no waiting thread takes the interrupt for the end of the work
        running.forEach(task -> task.cancel(true));
        threads.shutdownNow();
    }
}

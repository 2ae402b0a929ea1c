package io.github.kmsjca.internal.client.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Runs work that nothing can abort, such as a name resolution, in another thread, so that at least the wait for it can
 * end. Threads end when they have had no work for 200 ms. Thread-safe.
 */
public final class Background implements AutoCloseable {
    private static final Duration IDLE_TIME = Duration.ofMillis(200);

    private final RequestWatch watch;
    private final ThreadPoolExecutor threads;

    /** The work that {@link #close} ends, because threads may wait for it. */
    private final Set<FutureTask<?>> running = ConcurrentHashMap.newKeySet();

    /**
     * Creates an instance without threads.
     *
     * @param watch knows the time limit of the current attempt
     */
    public Background(RequestWatch watch) {
        this(watch, Background::newThread);
    }

    /** Creates an instance with another source of threads. */
    Background(RequestWatch watch, ThreadFactory factory) {
        this.watch = watch;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), factory);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "kms-jca-background", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * Starts some work, for threads that wait with {@link #await}.
     *
     * @throws RejectedExecutionException if the provider is closed already
     */
    void start(FutureTask<?> task) {
        running.add(task);
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    running.remove(task);
                }
            });
        } catch (RuntimeException | Error e) {
            running.remove(task);
            throw e;
        }
    }

    /** Starts some work that nobody waits for, unless the provider is closed. {@link #close} does not end it. */
    void run(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException closed) {
            // nothing to do: the only caller, JdkClient, wants to abort a request, and close has ended its task
        }
    }

    /**
     * Waits for some work and returns its result. {@link SharedWork#get} describes the limits of the wait and the
     * exceptions.
     *
     * @param name what error texts call the work
     */
    <T> T await(String name, FutureTask<T> task) throws ExecutionException, TimeoutException {
        RequestWatch.@Nullable Attempt attempt = watch.current();
        try {
            return attempt == null
                    ? task.get()
                    : task.get(attempt.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (attempt != null) {
                attempt.end(RequestWatch.End.TIME_LIMIT);
            }
            TimeoutException named = new TimeoutException(name + " did not finish");
            named.initCause(e);
            throw named;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }

    /**
     * Ends all waits in {@link #await} and all idle threads. Interrupts the work that {@link #start} has started. A
     * busy thread ends when its work ends.
     */
    @Override
    public void close() {
        // first, so that no work begins after the running work is canceled
        threads.shutdown();
        running.forEach(task -> task.cancel(true));
    }
}

package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cached value that is fetched once in each lifetime, even if many threads request it at the same time. If a fetch
 * fails, all waiting threads get its exception. The failure is not cached, so the next call fetches again. If the
 * fetching thread is interrupted, a waiting thread fetches instead. No thread fetches twice for one call. Thread-safe.
 */
final class CachedFetch<T> {
    /** How long the target of an alias and the lists of aliases and tags are cached. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String INTERRUPTED = "INTERRUPTED";

    private final Supplier<T> fetch;
    private final Duration lifetime;
    private volatile @Nullable Fetched<T> fetched;

    /** The fetch in progress, guarded by this. */
    private @Nullable Running<T> running;

    /**
     * Creates a value that is fetched on first use.
     *
     * @param lifetime the time after which the value is fetched again
     */
    CachedFetch(Supplier<T> fetch, Duration lifetime) {
        this.fetch = fetch;
        this.lifetime = lifetime;
    }

    private record Fetched<T>(T value, long nanoTime) {}

    /** A fetch in progress. Knows which thread runs it. */
    private static final class Running<T> {
        private final FutureTask<T> task;
        private volatile @Nullable Thread thread;

        Running(Supplier<T> fetch) {
            this.task = new FutureTask<>(() -> {
                thread = Thread.currentThread();
                return fetch.get();
            });
        }

        boolean isByThisThread() {
            return thread == Thread.currentThread();
        }
    }

    /** Returns the value. Fetches it if it is missing or old. */
    T get() {
        while (true) {
            Fetched<T> present = fetched;
            if (present != null && !isOld(present)) {
                return present.value;
            }
            Running<T> current = current();
            try {
                return result(current.task);
            } catch (KmsException e) {
                boolean onlyAnotherThreadWasInterrupted = isInterrupt(e)
                        && !current.isByThisThread()
                        && !Thread.currentThread().isInterrupted();
                if (!onlyAnotherThreadWasInterrupted) {
                    throw e;
                }
                // this thread fetches instead
            }
        }
    }

    /** Returns whether a thread was interrupted. A server can answer with any code, but its answer has a status. */
    private static boolean isInterrupt(KmsException failure) {
        return failure.code().equals(INTERRUPTED) && failure.httpStatus().isEmpty();
    }

    /** Returns the fetch in progress. If there is none, returns a new fetch that has not started. */
    private synchronized Running<T> current() {
        Running<T> current = running;
        if (current == null) {
            current = new Running<>(this::fetchAndKeep);
            running = current;
        }
        return current;
    }

    private T fetchAndKeep() {
        try {
            Fetched<T> kept = fetched;
            // another thread may have fetched the value since the caller checked
            if (kept == null || isOld(kept)) {
                kept = new Fetched<>(fetch.get(), System.nanoTime());
                fetched = kept;
            }
            return kept.value;
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    /** Runs the task, or waits while another thread runs it, and returns its result. */
    private static <T> T result(FutureTask<T> task) {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new ProviderBug("a fetch failed with a checked exception", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsException(
                    "interrupted while waiting for another thread's KMS call", KmsException.Failure.of(INTERRUPTED), e);
        }
    }

    private boolean isOld(Fetched<T> value) {
        return System.nanoTime() - value.nanoTime > lifetime.toNanos();
    }

    /** Returns the last value, even if it is old; empty if none was fetched yet. */
    Optional<T> last() {
        return Optional.ofNullable(fetched).map(Fetched::value);
    }
}

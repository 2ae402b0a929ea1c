package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is fetched once in a while, however many threads ask for it at a time. A failed fetch fails for
 * all who waited for it and is not kept: who asks next tries again. Thread-safe.
 */
final class CachedFetch<T> {
    /** How long an alias is taken to point to the same key, and lists of aliases and tags to be complete. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Supplier<T> fetch;
    private final Duration lifetime;
    private volatile @Nullable Fetched<T> fetched;

    /** The fetch under way, guarded by this. */
    private @Nullable FutureTask<T> running;

    /**
     * Makes a value that is fetched when first asked for.
     *
     * @param lifetime after which the value is fetched again
     */
    CachedFetch(Supplier<T> fetch, Duration lifetime) {
        this.fetch = fetch;
        this.lifetime = lifetime;
    }

    private record Fetched<T>(T value, long nanoTime) {}

    T get() {
        Fetched<T> present = fetched;
        if (present != null && !isOld(present)) {
            return present.value;
        }
        return result(task());
    }

    private synchronized FutureTask<T> task() {
        FutureTask<T> current = running;
        if (current == null) {
            current = new FutureTask<>(this::fetchAndKeep);
            running = current;
        }
        return current;
    }

    private T fetchAndKeep() {
        try {
            Fetched<T> kept = fetched;
            // a fetch may have ended between our look and now
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

    /** Runs the task, unless another thread does, and returns what comes of it. */
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
            throw new ProviderException("interrupted while another thread was asking KMS for the same", e);
        }
    }

    private boolean isOld(Fetched<T> it) {
        return System.nanoTime() - it.nanoTime > lifetime.toNanos();
    }

    /** Returns the value fetched last, however old, or empty if there was none. */
    Optional<T> last() {
        return Optional.ofNullable(fetched).map(Fetched::value);
    }
}

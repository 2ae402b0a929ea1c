package io.github.kmsjca.key;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is fetched once in a while, however many threads ask for it at a time. A failed fetch is not kept: who
 * asks next tries again. Thread-safe.
 */
final class Single<T> {
    private final Supplier<T> fetch;
    private final Duration lifetime;
    private volatile @Nullable Fetched<T> fetched;

    /**
     * Makes a value that is fetched when first asked for.
     *
     * @param lifetime after which the value is fetched again
     */
    Single(Supplier<T> fetch, Duration lifetime) {
        this.fetch = fetch;
        this.lifetime = lifetime;
    }

    private record Fetched<T>(T value, long nanoTime) {}

    T get() {
        Fetched<T> present = fetched;
        if (present != null && !isOld(present)) {
            return present.value;
        }
        synchronized (this) {
            Fetched<T> newer = fetched;
            if (newer == null || isOld(newer)) {
                newer = new Fetched<>(fetch.get(), System.nanoTime());
                fetched = newer;
            }
            return newer.value;
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

package io.github.kmsjca.key;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is fetched once, however many threads ask for it at a time. A failed fetch is not kept: who asks next
 * tries again. Thread-safe.
 */
final class Single<T> {
    private final Supplier<T> fetch;
    private volatile @Nullable T value;

    Single(Supplier<T> fetch) {
        this.fetch = fetch;
    }

    T get() {
        T present = value;
        if (present != null) {
            return present;
        }
        synchronized (this) {
            if (value == null) {
                value = fetch.get();
            }
            return java.util.Objects.requireNonNull(value);
        }
    }

    /** Returns the value if it has been fetched. */
    Optional<T> value() {
        return Optional.ofNullable(value);
    }
}

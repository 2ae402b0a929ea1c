package io.github.kmsjca.internal.session;

import io.github.kmsjca.internal.config.KeyId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers failed look-ups of keys for a minute, and whether KMS said that the key does not exist. Thread-safe. */
final class FailedLookups {
    /** How long a failure is remembered. Not longer, because somebody may create the key or give a permission. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Map<KeyId, Failure> failures = new ConcurrentHashMap<>();

    private record Failure(boolean isMissing, long nanoTime) {
        boolean isOld() {
            return System.nanoTime() - nanoTime > LIFETIME.toNanos();
        }
    }

    /** Returns whether KMS said that the key does not exist; empty if no failed look-up of the key is remembered. */
    Optional<Boolean> isMissing(KeyId id) {
        return Optional.ofNullable(failures.get(id))
                .filter(failure -> !failure.isOld())
                .map(Failure::isMissing);
    }

    /**
     * Adds a failed look-up.
     *
     * @param isMissing whether KMS said that the key does not exist; false if the look-up failed for another reason
     */
    void add(KeyId id, boolean isMissing) {
        failures.values().removeIf(Failure::isOld);
        failures.put(id, new Failure(isMissing, System.nanoTime()));
    }
}

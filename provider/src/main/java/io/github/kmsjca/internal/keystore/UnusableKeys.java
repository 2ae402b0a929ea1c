package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The unusable keys that are skipped when a caller tries all keys, such as a TLS key manager in each handshake, or asks
 * for the type of an entry. Each failure is logged. For a minute after a failure, the key is skipped without a request.
 * Thread-safe.
 */
final class UnusableKeys {
    /** How long a key is skipped after a failure. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Logger logger;
    private final InstantSource clock;
    private final Map<Entry, Instant> lastFailures = new ConcurrentHashMap<>();

    UnusableKeys(Logger logger, InstantSource clock) {
        this.logger = logger;
        this.clock = clock;
    }

    private record Entry(KmsSession session, String alias) {}

    /**
     * Returns the result of a request for the key of an entry. Returns {@code otherwise} if the key cannot be used.
     * After such a failure, sends no request for {@link #LIFETIME}.
     *
     * @throws KmsException if the key is not the cause of the failure, so that other keys would fail too
     */
    <T> T orSkip(KmsSession session, String alias, Supplier<T> request, T otherwise) {
        Entry entry = new Entry(session, alias);
        Instant last = lastFailures.get(entry);
        if (last != null && !isOver(last)) {
            return otherwise;
        }
        try {
            return request.get();
        } catch (KmsException unusable) {
            if (!KmsErrors.concernsKey(unusable)) {
                throw unusable;
            }
            // remove old failures, because each one keeps its session in memory
            lastFailures.values().removeIf(this::isOver);
            lastFailures.put(entry, clock.instant());
            logger.log(Level.WARNING, "skipped entry '" + ForeignText.of(alias) + "': " + unusable.getMessage());
            return otherwise;
        }
    }

    private boolean isOver(Instant failure) {
        return !clock.instant().isBefore(failure.plus(LIFETIME));
    }
}

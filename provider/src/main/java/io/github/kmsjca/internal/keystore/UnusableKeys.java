package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The unusable keys that cause no exception: when a caller tries all keys, such as a TLS key manager in each handshake,
 * or asks for the type of an entry. Each failure is logged. For a minute after a failure, there is no request for the
 * key. Thread-safe.
 */
final class UnusableKeys {
    /** How long after a failure there is no request. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Logger logger;
    private final InstantSource clock;
    private final Map<Entry, Instant> lastFailures = new ConcurrentHashMap<>();

    UnusableKeys(Logger logger, InstantSource clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /** An entry. Several keystore files of a session can have entries with the same alias, for different keys. */
    private record Entry(KmsSession session, String alias, Optional<KeyId> key) {
        static Entry of(Entries entries, String alias) {
            return new Entry(entries.session(), alias, entries.keyId(alias));
        }
    }

    /**
     * Returns the result of a request for the key of an entry. Returns {@code otherwise} if the key cannot be used.
     * After such a failure, sends no request for {@link #LIFETIME}.
     *
     * @throws KmsException if the key is not the cause of the failure, so that other keys would fail too
     */
    <T> T orSkip(Entries entries, String alias, Supplier<T> request, T otherwise) {
        return result(Entry.of(entries, alias), request, otherwise, "is skipped");
    }

    /**
     * Returns the result of a request for the key of an entry, to learn the type of the entry. Returns empty if the key
     * cannot be used: the entry then counts as a key pair. After such a failure, sends no request for
     * {@link #LIFETIME}.
     *
     * @throws KmsException if the key is not the cause of the failure
     */
    <T> Optional<T> orEmpty(Entries entries, String alias, Supplier<Optional<T>> request) {
        String consequence = "counts as a key pair, because its type is unknown";
        return result(Entry.of(entries, alias), request, Optional.empty(), consequence);
    }

    /**
     * Returns the result of a request.
     *
     * @param consequence what happens to the entry if the key cannot be used, for the log
     */
    private <T> T result(Entry entry, Supplier<T> request, T otherwise, String consequence) {
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
            logger.log(
                    Level.WARNING,
                    "entry '" + ForeignText.of(entry.alias) + "' " + consequence + ": " + unusable.getMessage());
            return otherwise;
        }
    }

    /** Returns whether requests are allowed again. A failure in the future is over: the clock has been set back. */
    private boolean isOver(Instant failure) {
        Instant now = clock.instant();
        return now.isBefore(failure) || !now.isBefore(failure.plus(LIFETIME));
    }
}

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
 * The keys that are left out while somebody tries all, such as a TLS key manager in each handshake. They are asked for
 * again only after a while, and told of each time they are. Thread-safe.
 */
final class UnusableKeys {
    /** How long a key that could not be used is left out without another try. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Logger logger;
    private final InstantSource clock;
    private final Map<Entry, Instant> tried = new ConcurrentHashMap<>();

    UnusableKeys(Logger logger, InstantSource clock) {
        this.logger = logger;
        this.clock = clock;
    }

    private record Entry(KmsSession session, String alias) {}

    /**
     * Returns what a request for the key of an entry gives, or something else if it is the key that is at fault.
     *
     * @throws KmsException if it is not, so that other keys would fail as well
     */
    <T> T leaveOut(KmsSession session, String alias, Supplier<T> request, T otherwise) {
        Entry entry = new Entry(session, alias);
        Instant last = tried.get(entry);
        if (last != null && clock.instant().isBefore(last.plus(LIFETIME))) {
            return otherwise;
        }
        try {
            return request.get();
        } catch (KmsException unusable) {
            if (!KmsErrors.concernsKey(unusable)) {
                throw unusable;
            }
            tried.put(entry, clock.instant());
            logger.log(Level.WARNING, "left out entry '" + ForeignText.of(alias) + "': " + unusable.getMessage());
            return otherwise;
        }
    }
}

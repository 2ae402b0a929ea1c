package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Logs failed KMS calls, because many servers and libraries discard the exception. Failures with the same operation and
 * the same error code are of one kind. Failures of one kind are logged at most once a minute. Thread-safe.
 */
final class FailedCalls implements BiConsumer<String, KmsException> {
    /** The time between two warnings of one kind. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** The maximum number of kinds. Without it, error codes from outside could fill the memory. */
    private static final int MAX_KINDS = 200;

    /** The kind of all failures beyond {@link #MAX_KINDS}. */
    private static final String OTHER_KIND = "other";

    /** The error codes of failures that the program caused on purpose. They are not logged. */
    private static final Set<String> INTENDED = Set.of("INTERRUPTED", "CLOSED");

    /**
     * The operations whose failure can be an expected answer, which is not logged: the key does not exist, is not a key
     * pair, or is too new to be known.
     */
    private static final Set<String> LOOKUPS = Set.of("DescribeKey", "GetPublicKey", "CreateAlias");

    private final Logger logger;
    private final LongSupplier clock;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /**
     * Creates an empty log.
     *
     * @param clock returns the time, as {@link System#nanoTime}
     */
    FailedCalls(Logger logger, LongSupplier clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /** The failures of one kind. Thread-safe. */
    private static final class Kind {
        /** When the last warning was logged, as {@link System#nanoTime}. */
        private long last;

        /** The number of failures that were not logged since the last warning. */
        private long unlogged;

        private boolean hasWarned;

        /**
         * Returns, if a warning is due, how many failures were not logged since the last warning, and begins to count
         * anew. Otherwise counts this failure as not logged, and returns an empty result.
         */
        synchronized OptionalLong countIfDue(long now) {
            if (hasWarned && now - last < INTERVAL.toNanos()) {
                unlogged++;
                return OptionalLong.empty();
            }
            OptionalLong count = OptionalLong.of(unlogged);
            hasWarned = true;
            last = now;
            unlogged = 0;
            return count;
        }
    }

    /**
     * Logs a failure, unless another failure of this kind was logged within the last minute, the program caused the
     * failure on purpose, or the failure is an expected answer.
     */
    @Override
    public void accept(String operation, KmsException failure) {
        if (isIntended(failure) || isLookupWithoutResult(operation, failure)) {
            return;
        }
        Kind kind = kinds.computeIfAbsent(nameOf(operation, failure), name -> new Kind());
        OptionalLong unlogged = kind.countIfDue(clock.getAsLong());
        if (unlogged.isPresent()) {
            String more = unlogged.getAsLong() == 0
                    ? ""
                    : " (failures of this kind not logged since the last warning: " + unlogged.getAsLong() + ")";
            logger.log(Level.WARNING, failure.getMessage() + more);
        }
    }

    private String nameOf(String operation, KmsException failure) {
        String name = operation + ' ' + failure.code();
        return kinds.size() < MAX_KINDS || kinds.containsKey(name) ? name : OTHER_KIND;
    }

    /** Returns whether the program caused the failure on purpose. An answer of a server has an HTTP status. */
    private static boolean isIntended(KmsException failure) {
        return INTENDED.contains(failure.code()) && failure.httpStatus().isEmpty();
    }

    /** Returns whether the failure says only that the key does not exist or is not a key pair. */
    private static boolean isLookupWithoutResult(String operation, KmsException failure) {
        return LOOKUPS.contains(operation) && (KmsErrors.isUnknownKey(failure) || KmsErrors.isNoKeyPair(failure));
    }
}

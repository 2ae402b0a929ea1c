package io.github.kmsjca.internal.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of a Region. An outage opens it, and other Regions then get the requests. From time to time, one
 * operation probes the Region with a short attempt. A result closes the breaker, and so does an error from KMS that is
 * not an outage. Thread-safe.
 */
final class RegionHealth {
    /** The time between two probes. */
    static final Duration PROBE_INTERVAL = Duration.ofSeconds(30);

    /** The time limit of a probe. */
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);

    /** How long a throttled Region gets no requests. After this time, its breaker closes without a probe. */
    private static final Duration THROTTLE_INTERVAL = Duration.ofSeconds(1);

    /** The last outage; null if there was none since the last answer. */
    private volatile @Nullable Outage outage;

    /**
     * An outage.
     *
     * @param reason the text of the failure
     * @param isThrottled whether KMS answers, but throttles
     * @param end when the Region gets a request again, as {@link System#nanoTime}
     */
    private record Outage(String reason, boolean isThrottled, long end) {}

    /** Returns whether requests should go to another Region. */
    boolean isOpen(long now) {
        Outage last = outage;
        return last != null && !(last.isThrottled && now - last.end >= 0);
    }

    /** Returns whether the last outage was throttling by KMS. */
    boolean isThrottled() {
        Outage last = outage;
        return last != null && last.isThrottled;
    }

    /** Returns the reason why requests should go to another Region; empty if they should not. */
    Optional<String> reason(long now) {
        Outage last = outage;
        return last != null && isOpen(now) ? Optional.of(last.reason) : Optional.empty();
    }

    /**
     * Returns the time when the Region gets a request again, as {@link System#nanoTime}; {@code now} if the Region
     * works.
     */
    long nextProbe(long now) {
        Outage last = outage;
        return last == null ? now : last.end;
    }

    /** Returns the time limit of a probe. {@code attempt} is the time limit of an ordinary attempt. */
    static Duration probeLimit(Duration attempt) {
        return attempt.compareTo(PROBE_LIMIT) < 0 ? attempt : PROBE_LIMIT;
    }

    /** Lets one caller in each interval probe the Region. Returns whether the caller is the one that must probe it. */
    synchronized boolean claimProbe(long now) {
        Outage last = outage;
        if (last == null || last.isThrottled || now - last.end < 0) {
            return false;
        }
        outage = new Outage(last.reason, false, now + PROBE_INTERVAL.toNanos());
        return true;
    }

    /** Opens the breaker. */
    synchronized void recordOutage(String reason, boolean isThrottled, long now) {
        Duration interval = isThrottled ? THROTTLE_INTERVAL : PROBE_INTERVAL;
        outage = new Outage(reason, isThrottled, now + interval.toNanos());
    }

    /** Closes the breaker. */
    void recordAnswer() {
        // most answers come from Regions without an outage, and need no lock
        if (outage != null) {
            close();
        }
    }

    private synchronized void close() {
        outage = null;
    }
}

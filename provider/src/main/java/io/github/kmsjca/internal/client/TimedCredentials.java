package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.Background;
import io.github.kmsjca.internal.client.http.SharedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Limits the wait for credentials. A search for credentials may start a program ({@code credential_process}) or call
 * another service, and nothing can abort the search. So the search runs in another thread. Threads share a search,
 * and its result is used for at least a second unless it expires. Thread-safe.
 */
final class TimedCredentials implements AwsCredentialsProvider {
    /** How long found credentials are used without another search. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    /** Credentials that are valid for longer than this stay in use during the next search, as in the SDK. */
    private static final Duration NEARLY_EXPIRED = Duration.ofMinutes(1);

    private final AwsCredentialsProvider source;
    private final LongSupplier clock;
    private final SharedWork<AwsCredentials> search;
    private volatile @Nullable Resolved last;

    TimedCredentials(AwsCredentialsProvider source, Background background) {
        this(source, background, System::nanoTime);
    }

    /**
     * Creates credentials with another clock.
     *
     * @param clock returns the time, as {@link System#nanoTime}
     */
    TimedCredentials(AwsCredentialsProvider source, Background background, LongSupplier clock) {
        this.source = source;
        this.clock = clock;
        this.search = new SharedWork<>(background, "the search for AWS credentials", this::find);
    }

    private record Resolved(AwsCredentials credentials, long nanoTime) {
        /** Returns whether the credentials were found lately, and do not expire within {@link #MAX_AGE}. */
        boolean isFresh(long now) {
            return now - nanoTime < MAX_AGE.toNanos()
                    && credentials
                            .expirationTime()
                            .map(end -> Instant.now().plus(MAX_AGE).isBefore(end))
                            .orElse(true);
        }

        /** Returns whether the credentials expire, but not soon. False if the source does not say when they expire. */
        boolean isValidForLong() {
            return credentials
                    .expirationTime()
                    .map(end -> Instant.now().plus(NEARLY_EXPIRED).isBefore(end))
                    .orElse(false);
        }
    }

    /** Returns whether {@link #resolveCredentials} returns without waiting for a search. */
    boolean areAvailable() {
        Resolved resolved = last;
        return resolved != null && (resolved.isFresh(clock.getAsLong()) || resolved.isValidForLong());
    }

    @Override
    public AwsCredentials resolveCredentials() {
        Resolved resolved = last;
        if (resolved == null) {
            return await();
        }
        if (!resolved.isFresh(clock.getAsLong())) {
            if (!resolved.isValidForLong()) {
                return await();
            }
            search.start();
        }
        return resolved.credentials;
    }

    private AwsCredentials find() {
        AwsCredentials found = source.resolveCredentials();
        last = new Resolved(found, clock.getAsLong());
        return found;
    }

    private AwsCredentials await() {
        try {
            return search.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : SdkClientException.create("no credentials", e.getCause());
        } catch (TimeoutException e) {
            throw new SlowCredentialsException(e);
        }
    }
}

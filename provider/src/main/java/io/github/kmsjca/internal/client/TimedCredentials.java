package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.Background;
import io.github.kmsjca.internal.client.http.SharedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Limits the wait for credentials. A search for credentials may start a program ({@code credential_process}) or call
 * another service, and nothing can abort it. So it runs in another thread, at most once a second. Thread-safe.
 */
final class TimedCredentials implements AwsCredentialsProvider {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final AwsCredentialsProvider source;
    private final SharedWork<AwsCredentials> search;
    private volatile @Nullable Resolved last;

    TimedCredentials(AwsCredentialsProvider source, Background background) {
        this.source = source;
        this.search = new SharedWork<>(background, "the search for AWS credentials", this::find);
    }

    private record Resolved(AwsCredentials credentials, long nanoTime) {
        boolean isFresh() {
            return System.nanoTime() - nanoTime < KEPT.toNanos()
                    && credentials
                            .expirationTime()
                            .map(end -> Instant.now().plus(KEPT).isBefore(end))
                            .orElse(true);
        }
    }

    @Override
    public AwsCredentials resolveCredentials() {
        Resolved resolved = last;
        return resolved != null && resolved.isFresh() ? resolved.credentials : await();
    }

    private AwsCredentials find() {
        AwsCredentials found = source.resolveCredentials();
        last = new Resolved(found, System.nanoTime());
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }
}

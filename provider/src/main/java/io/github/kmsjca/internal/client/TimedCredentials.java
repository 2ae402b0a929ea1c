package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.Background;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    private final Background background;
    private volatile @Nullable Resolved last;

    /** The search in progress, guarded by this. */
    private @Nullable FutureTask<AwsCredentials> search;

    TimedCredentials(AwsCredentialsProvider source, Background background) {
        this.source = source;
        this.background = background;
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
        return resolved != null && resolved.isFresh() ? resolved.credentials : wait(search());
    }

    private synchronized FutureTask<AwsCredentials> search() {
        FutureTask<AwsCredentials> running = search;
        if (running == null) {
            running = new FutureTask<>(this::find);
            background.start(running);
            search = running;
        }
        return running;
    }

    private AwsCredentials find() {
        try {
            AwsCredentials found = source.resolveCredentials();
            last = new Resolved(found, System.nanoTime());
            return found;
        } finally {
            synchronized (this) {
                search = null;
            }
        }
    }

    private AwsCredentials wait(FutureTask<AwsCredentials> task) {
        try {
            return background.await("the search for AWS credentials", task);
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

package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.OwnClassLoader;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.SharedWork;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.key.KmsException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * The Region that the AWS SDK uses if none is named: from the environment, the profile, or the metadata service of the
 * machine. Once the search has found a Region, there is no other search. Thread-safe.
 */
final class DefaultRegion {
    private final Optional<String> profile;
    private final RequestWatch watch;
    private final SharedWork<String> search;
    private volatile @Nullable String found;

    /** Creates the search. Does not start it yet. */
    DefaultRegion(Optional<String> profile, Transport transport) {
        this.profile = profile;
        this.watch = transport.watch();
        this.search = new SharedWork<>(
                transport.background(), "the search for the AWS Region", () -> OwnClassLoader.call(this::find));
    }

    /**
     * Returns the name of the Region.
     *
     * @param budget limits the wait
     * @throws KmsException if there is no default Region, if it is not found in time, or if the thread is interrupted
     * @throws java.util.concurrent.CancellationException if the provider is closed meanwhile
     * @throws java.util.concurrent.RejectedExecutionException if the provider is closed already
     */
    @SuppressWarnings("try") // the variable has no use: the search gets the attempt from the watch
    String get(Limits.Budget budget) {
        String known = found;
        if (known != null) {
            return known;
        }
        try (RequestWatch.Attempt limited = watch.begin(budget.deadline())) {
            String first = search.get();
            found = first;
            return first;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LinkageError missing
                    ? incomplete(missing)
                    : failure("no AWS Region is known", e.getCause());
        } catch (TimeoutException e) {
            throw failure("the search for the AWS Region did not end in time", e);
        } catch (AbortedException e) {
            throw new KmsException(
                    "interrupted while searching for the AWS Region",
                    KmsException.Failure.of("INTERRUPTED"),
                    SdkFailure.of(e));
        }
    }

    private static KmsException failure(String reason, @Nullable Throwable cause) {
        return new KmsException(
                reason + "; set AWS_REGION or the setting region; a key that is named by its ARN needs neither",
                KmsException.Failure.of("NO_REGION"),
                SdkFailure.of(cause));
    }

    /** Returns the exception for an SDK in which a class or method is missing. */
    private static KmsException incomplete(LinkageError missing) {
        SdkException failure = SdkClientException.create(String.valueOf(missing.getMessage()), missing);
        return UnansweredCall.exception("the search for the AWS Region failed: ", FailedAttempt.of(failure));
    }

    private String find() {
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        profile.ifPresent(chain::profileName);
        return chain.build().getRegion().id();
    }
}

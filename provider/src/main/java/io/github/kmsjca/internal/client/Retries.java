package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.retries.LegacyRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Decides after which failures a Region that has failed gets another attempt, and how long to pause before it. The
 * decisions come from the retry strategy of the AWS SDK ({@code AWS_RETRY_MODE}). {@link Operation} counts the
 * attempts. The SDK's retry quota is switched off, because after an outage it would refuse retries that the setting
 * {@code attempts} promises. The adaptive mode works like the standard mode, because its limit of the request rate does
 * not consider Regions and time limits. Thread-safe.
 */
final class Retries {
    private static final AcquireInitialTokenRequest SCOPE = AcquireInitialTokenRequest.create("kms");

    private final RetryStrategy strategy;

    /**
     * Creates the decisions. Reads the retry mode from the SDK's configuration.
     *
     * @param profile the profile that may contain the retry mode; null for the default
     * @throws KmsException if the SDK's configuration cannot be read
     */
    Retries(@Nullable String profile) {
        this.strategy = withoutLimits(AwsRetryStrategy.forRetryMode(mode(profile)));
    }

    private static RetryMode mode(@Nullable String profile) {
        RetryMode.Resolver mode = RetryMode.resolver();
        if (profile != null) {
            mode.profileName(profile);
        }
        try {
            return mode.resolve() == RetryMode.LEGACY ? RetryMode.LEGACY : RetryMode.STANDARD;
        } catch (RuntimeException e) {
            // the SDK has no common exception for a wrong variable or profile, and its text repeats lines of the
            // profile
            throw new KmsException(
                    "the AWS SDK cannot read its retry mode; check the variable AWS_RETRY_MODE, and retry_mode and the"
                            + " format of the AWS configuration files",
                    KmsException.Failure.of("BAD_CONFIGURATION"),
                    SdkFailure.of(e));
        }
    }

    /** Returns the strategy without a limit of attempts and without the retry quota. */
    private static RetryStrategy withoutLimits(RetryStrategy strategy) {
        RetryStrategy.Builder<?, ?> builder = strategy.toBuilder().maxAttempts(Integer.MAX_VALUE);
        if (builder instanceof StandardRetryStrategy.Builder standard) {
            // "circuit breaker" is the SDK's name for the retry quota
            standard.circuitBreakerEnabled(false);
        } else if (builder instanceof LegacyRetryStrategy.Builder legacy) {
            legacy.circuitBreakerEnabled(false);
        }
        return builder.build();
    }

    /** Returns the retries of one operation. */
    Sequence start() {
        return new Sequence(strategy);
    }

    /** The retries of one operation. Not thread-safe. */
    static final class Sequence {
        private final RetryStrategy strategy;
        private RetryToken token;

        private Sequence(RetryStrategy strategy) {
            AcquireInitialTokenResponse initial = strategy.acquireInitialToken(SCOPE);
            this.strategy = strategy;
            this.token = initial.token();
        }

        /** Returns the pause before the next attempt; empty if the failure is final. */
        Optional<Duration> pauseAfter(SdkException failure) {
            try {
                RefreshRetryTokenResponse next = strategy.refreshRetryToken(RefreshRetryTokenRequest.builder()
                        .token(token)
                        .failure(failure)
                        .build());
                token = next.token();
                return Optional.of(next.delay());
            } catch (TokenAcquisitionFailedException e) {
                token = e.token();
                return Optional.empty();
            }
        }
    }
}

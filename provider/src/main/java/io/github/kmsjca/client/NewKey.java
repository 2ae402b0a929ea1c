package io.github.kmsjca.client;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** A key that has just been made, which some servers of KMS do not know yet. */
final class NewKey {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private NewKey() {}

    /**
     * Returns what a request answers as soon as the key is known.
     *
     * @throws SdkException what the request failed with last
     */
    static GetPublicKeyResponse await(Duration limit, Supplier<GetPublicKeyResponse> request) {
        try {
            return waiter(limit).run(request).matched().response().orElseThrow();
        } catch (SdkClientException over) {
            // the waiter hides why: when time is over it tells nothing, else the reason is the cause
            if (over.getCause() instanceof SdkException reason) {
                throw reason;
            }
            return request.get();
        }
    }

    private static Waiter<GetPublicKeyResponse> waiter(Duration limit) {
        return Waiter.builder(GetPublicKeyResponse.class)
                .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(any -> true))
                .addAcceptor(WaiterAcceptor.retryOnExceptionAcceptor(NotFoundException.class::isInstance))
                .overrideConfiguration(configuration -> configuration
                        .maxAttempts(Integer.MAX_VALUE)
                        .waitTimeout(limit)
                        .backoffStrategyV2(BackoffStrategy.exponentialDelayHalfJitter(FIRST_PAUSE, LONGEST_PAUSE)))
                .build();
    }
}

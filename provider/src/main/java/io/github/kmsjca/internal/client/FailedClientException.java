package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Wraps a {@link RuntimeException} of the AWS SDK or its HTTP client that is not an {@code SdkException}. */
final class FailedClientException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    FailedClientException(RuntimeException cause) {
        super(SdkClientException.builder()
                .message(cause.getClass().getSimpleName())
                .cause(cause));
    }
}

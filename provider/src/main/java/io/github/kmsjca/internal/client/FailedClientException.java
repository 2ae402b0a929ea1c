package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A failure of the AWS SDK or its HTTP client that they do not report as an {@link SdkClientException}. */
final class FailedClientException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    FailedClientException(RuntimeException cause) {
        super(SdkClientException.builder()
                .message(cause.getClass().getSimpleName())
                .cause(cause));
    }
}

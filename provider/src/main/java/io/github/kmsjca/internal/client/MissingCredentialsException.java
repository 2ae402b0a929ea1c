package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * No source of AWS credentials had any. The SDK has no exception of its own for this, only a general one whose text is
 * a page long; that one is the cause.
 */
final class MissingCredentialsException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param reason the failure of the place that the user has configured; empty if there is none
     */
    MissingCredentialsException(String reason, Throwable cause) {
        super(SdkClientException.builder().message(reason).cause(cause));
    }
}

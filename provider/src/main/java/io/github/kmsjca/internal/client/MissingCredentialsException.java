package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Tells that no source of AWS credentials had any, which the SDK tells only in the text of a general exception. The
 * SDK's text is a page long, and stays with the cause.
 */
final class MissingCredentialsException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param reason what the place that the user has set up says; empty if none is
     */
    MissingCredentialsException(String reason, Throwable cause) {
        super(SdkClientException.builder().message(reason).cause(cause));
    }
}

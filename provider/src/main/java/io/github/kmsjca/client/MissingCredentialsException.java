package io.github.kmsjca.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Tells that no source of AWS credentials had any, which the SDK tells only in the text of a general exception. It has
 * no text of its own: the SDK's is a page long, and stays with the cause.
 */
final class MissingCredentialsException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    MissingCredentialsException(Throwable cause) {
        super(SdkClientException.builder().message("").cause(cause));
    }
}

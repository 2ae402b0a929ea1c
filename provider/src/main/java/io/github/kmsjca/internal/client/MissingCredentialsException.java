package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * No credential source returned AWS credentials. The SDK reports this only with a general exception and a very long
 * message; that exception is the cause.
 */
final class MissingCredentialsException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param reason why the configured credential source failed; empty if none is configured, or if it works at a
     *     second try
     */
    MissingCredentialsException(String reason, Throwable cause) {
        super(SdkClientException.builder().message(reason).cause(cause));
    }
}

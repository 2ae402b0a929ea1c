package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * No credential source returned AWS credentials. The exception of the SDK, which can have any type and a very long
 * message, is the cause.
 */
final class MissingCredentialsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private MissingCredentialsException(String reason, RuntimeException cause) {
        super(reason, cause);
    }

    /**
     * Returns the exception for a failed search. Only the cause of the returned exception has the type of this class,
     * because the SDK copies its own exceptions and loses their type.
     *
     * @param reason why the configured credential source failed; empty if none is configured, or if it works at a
     *     second try
     */
    static SdkClientException of(String reason, RuntimeException failure) {
        return SdkClientException.create(reason, new MissingCredentialsException(reason, failure));
    }
}

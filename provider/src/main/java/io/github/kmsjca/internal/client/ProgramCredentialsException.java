package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The program's own credentials provider failed; its exception is the cause. */
final class ProgramCredentialsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private ProgramCredentialsException(String reason, RuntimeException cause) {
        super(reason, cause);
    }

    /**
     * Returns the exception for a failure of the program's credentials provider. Only the cause of the returned
     * exception has the type of this class, because the SDK copies its own exceptions and loses their type.
     */
    static SdkClientException of(RuntimeException failure) {
        String reason =
                failure.getMessage() == null ? failure.getClass().getName() : CredentialChain.firstLine(failure);
        return SdkClientException.create(reason, new ProgramCredentialsException(reason, failure));
    }
}

package io.github.kmsjca.internal.client;

import java.io.Serial;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** The program's own credentials provider failed; its exception is the cause. */
final class ProgramCredentialsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private ProgramCredentialsException(String reason, RuntimeException cause) {
        super(reason, cause);
    }

    /**
     * Returns the exception for a failure of the program's credentials provider. Only the cause of the returned
     * exception has the type of this class, because the SDK copies its own exceptions and loses their type. The text is
     * quoted only if it comes from an SDK exception. The texts of other exceptions can contain secrets: a parser, for
     * example, quotes what it cannot parse.
     */
    static SdkClientException of(RuntimeException failure) {
        boolean isQuoted = failure instanceof SdkException && failure.getMessage() != null;
        String reason = isQuoted
                ? CredentialChain.firstLine(failure)
                : failure.getClass().getName();
        return SdkClientException.create(reason, new ProgramCredentialsException(reason, failure));
    }
}

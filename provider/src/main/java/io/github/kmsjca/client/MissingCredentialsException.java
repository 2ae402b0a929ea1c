package io.github.kmsjca.client;

import java.io.Serial;

/** Tells that no source of AWS credentials had any, which the SDK tells only in the text of a general exception. */
final class MissingCredentialsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MissingCredentialsException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}

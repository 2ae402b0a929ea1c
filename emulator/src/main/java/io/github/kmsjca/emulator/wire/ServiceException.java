package io.github.kmsjca.emulator.wire;

import org.jspecify.annotations.Nullable;

/** A KMS error. If an operation throws it, the client receives it as the answer. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    ServiceException(String type, int status, @Nullable String message) {
        // no stack trace, because this is an answer and not a bug
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    /** Returns the value of {@code __type} in the error body. */
    public String type() {
        return type;
    }

    /** Returns the HTTP status of the answer. */
    public int status() {
        return status;
    }
}

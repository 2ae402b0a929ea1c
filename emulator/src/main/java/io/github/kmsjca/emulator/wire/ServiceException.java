package io.github.kmsjca.emulator.wire;

import org.jspecify.annotations.Nullable;

/** A refusal that the client receives as an error body. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorType type;

    ServiceException(ErrorType type, @Nullable String message) {
        // it is an answer and not a defect, so the stack trace would be cost without use
        super(message, null, false, false);
        this.type = type;
    }

    /** Returns the error type. */
    public ErrorType type() {
        return type;
    }
}

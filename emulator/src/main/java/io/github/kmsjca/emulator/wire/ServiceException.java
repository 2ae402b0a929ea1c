package io.github.kmsjca.emulator.wire;

import org.jspecify.annotations.Nullable;

/** A refusal that the client receives as an error body. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    ServiceException(String type, int status, @Nullable String message) {
        // this is an answer and not a defect, so the cost of a stack trace buys nothing
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

package io.github.kmsjca.internal.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The time limit of an operation ended an attempt before the attempt's own limit, or the time limit of a whole list was
 * reached. It does not open the circuit breaker of the Region, which may have had little time to answer.
 */
final class OutOfTimeException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isOfList;

    OutOfTimeException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private OutOfTimeException(String message, @Nullable Throwable cause, boolean isOfList) {
        super(SdkClientException.builder().message(message).cause(cause));
        this.isOfList = isOfList;
    }

    /**
     * Returns the exception for a whole list that takes too long.
     *
     * @param message the whole error text, with the remedy
     */
    static OutOfTimeException ofList(String message) {
        return new OutOfTimeException(message, null, true);
    }

    /** Returns whether a whole list took too long, although KMS answered in time. The message has the remedy. */
    boolean isOfList() {
        return isOfList;
    }
}

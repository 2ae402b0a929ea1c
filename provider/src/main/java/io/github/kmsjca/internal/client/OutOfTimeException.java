package io.github.kmsjca.internal.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The time limit of an operation ended an attempt before the attempt's own limit, or the time limit of a whole list was
 * reached. This is not an outage of the Region, which may have had little time to answer.
 */
final class OutOfTimeException extends SdkClientException {
    @Serial
    private static final long serialVersionUID = 1L;

    OutOfTimeException(String message, @Nullable Throwable cause) {
        super(SdkClientException.builder().message(message).cause(cause));
    }
}

package io.github.kmsjca.internal.client.http;

import java.io.IOException;
import java.io.Serial;

/**
 * The connection broke in the middle of an answer. This type is necessary because the SDK's parser reports its own
 * errors as I/O errors, too.
 */
public final class BrokenAnswerException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param cause the failure of the connection
     */
    public BrokenAnswerException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}

package io.github.kmsjca.internal.client.http;

import java.io.IOException;
import java.io.Serial;

/**
 * The connection broke in the middle of an answer. This type distinguishes a broken connection from an answer that the
 * SDK's parser cannot read, which the parser also reports as an I/O error.
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

package io.github.kmsjca.internal.handle;

import java.io.Serial;

/** Reports that a key or a certificate exceeds a limit of {@link DerBounds}, although it may not be damaged. */
public final class ExceededBoundException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message is a part of a sentence, and begins with "it" or "its". */
    ExceededBoundException(String message) {
        super(message);
    }
}

package io.github.kmsjca.internal.handle;

import java.io.Serial;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/** Reports that an engine cannot sign or verify the input of the program. No request was sent. */
public final class RefusedInputException extends SignatureException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public RefusedInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns the text that keytool prints, without the name of this internal class. */
    // keytool prints toString(), all other callers print getMessage()
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        return SignatureException.class.getName() + ": " + getMessage();
    }
}

package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a keystore file, a file or folder of certificates, or the certificates in tags cannot be used. The
 * message says where and what is wrong and, unless this is obvious, what to do.
 */
public final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a line of a file. */
    public FileFormatException(String source, int line, String problem) {
        this(source, line, problem, null);
    }

    /** Creates the exception for a line of a file, with a cause. */
    public FileFormatException(String source, int line, String problem, @Nullable Throwable cause) {
        this(source + ", line " + line + ": " + problem, cause);
    }

    /** Creates an exception with a one-sentence message that names the file, folder or tags. */
    public FileFormatException(String message, @Nullable Throwable cause) {
        super(ForeignText.clean(message), isHarmless(cause) ? cause : null);
    }

    /** Returns the text that keytool prints, without the name of this internal class. */
    // keytool prints toString(), all other callers print getMessage()
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        return IOException.class.getName() + ": " + getMessage();
    }

    /**
     * Returns whether a cause contains only printable text. A cause can quote the file, and a file can contain terminal
     * control characters.
     */
    private static boolean isHarmless(@Nullable Throwable cause) {
        return cause == null
                || (ForeignText.clean(cause.toString()).equals(cause.toString()) && isHarmless(cause.getCause()));
    }
}

package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file does not hold what it should; the text says which line, what is wrong, and what to do. */
public final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception for a line of a file. */
    public FileFormatException(String source, int line, String problem) {
        this(source, line, problem, null);
    }

    /** Makes the exception for a line of a file, with the failure behind it. */
    public FileFormatException(String source, int line, String problem, @Nullable Throwable cause) {
        this(source + ", line " + line + ": " + problem, cause);
    }

    /** Makes an exception of one sentence that names the file. */
    public FileFormatException(String message, @Nullable Throwable cause) {
        super(ForeignText.clean(message), isHarmless(cause) ? cause : null);
    }

    /** Returns whether nothing in a cause, which quotes the file, would reach a terminal as more than text. */
    private static boolean isHarmless(@Nullable Throwable cause) {
        return cause == null
                || (ForeignText.clean(cause.toString()).equals(cause.toString()) && isHarmless(cause.getCause()));
    }
}

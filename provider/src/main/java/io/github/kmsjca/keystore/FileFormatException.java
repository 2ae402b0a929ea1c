package io.github.kmsjca.keystore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file does not hold what it should; the text says which line, what is wrong, and what to do. */
final class FileFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    FileFormatException(String source, int line, String problem) {
        this(source, line, problem, null);
    }

    FileFormatException(String source, int line, String problem, @Nullable Throwable cause) {
        super(source + ", line " + line + ": " + problem, cause);
    }

    FileFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

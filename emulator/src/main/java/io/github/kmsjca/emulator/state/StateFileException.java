package io.github.kmsjca.emulator.state;

import java.nio.file.Path;

/**
 * Reports a state file that cannot be used. The message is one line. It names the file and, if known, the place of the
 * problem: the line and column, the key, or the alias. Control characters and invisible characters from the file are
 * replaced.
 */
public final class StateFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateFileException(Path file, String problem, Exception cause) {
        super("state file " + file + ": " + harmless(problem), cause);
    }

    private static String harmless(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{C}", "\uFFFD");
    }
}

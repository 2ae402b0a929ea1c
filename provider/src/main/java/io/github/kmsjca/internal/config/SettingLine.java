package io.github.kmsjca.internal.config;

import java.util.Optional;

/**
 * A setting as it was written, and its place. Name and value are not checked.
 *
 * @param source the source, as error texts name it, such as {@code settings file release.conf}
 * @param line the number of the line in the source, from 1; 0 if the source has no lines
 * @param name the name
 * @param value the value
 */
public record SettingLine(String source, int line, String name, String value) {

    /**
     * Parses a line of a settings file or keystore file. The name ends at the first {@code :} or {@code =}. Blanks
     * around name and value are removed.
     *
     * @return the setting; empty if the line has no {@code :} or {@code =}, or no name
     */
    public static Optional<SettingLine> parse(String source, int line, String content) {
        int end = separator(content);
        if (end < 0 || content.substring(0, end).isBlank()) {
            return Optional.empty();
        }
        String name = content.substring(0, end).strip();
        return Optional.of(
                new SettingLine(source, line, name, content.substring(end + 1).strip()));
    }

    /** Returns the place, as the beginning of an error text. */
    public String place() {
        return line == 0 ? source : source + ", line " + line;
    }

    private static int separator(String content) {
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) == ':' || content.charAt(i) == '=') {
                return i;
            }
        }
        return -1;
    }
}

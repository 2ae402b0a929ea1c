package io.github.kmsjca.internal.config;

import java.util.Optional;

/**
 * A name and a text as somebody wrote them, with the place where.
 *
 * @param source what holds it, as an error names it, such as {@code settings file release.conf}
 * @param line the line in the source, from 1; 0 where there are no lines
 * @param name the name, unchecked
 * @param text the text, unchecked
 */
public record SettingLine(String source, int line, String name, String text) {

    /**
     * Returns what the line of a settings or keystore file says: the name ends at the first {@code :} or {@code =},
     * and blanks around name and text do not count; empty if the line has neither sign or no name.
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

    /** Returns the place as an error begins. */
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

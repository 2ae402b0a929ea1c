package io.github.kmsjca.internal.certificate;

import org.jspecify.annotations.Nullable;

/**
 * A line of a text and its position.
 *
 * <p>The line end between two lines belongs to the lower line. An edit can therefore append lines after the last line,
 * and removing them restores the original text.
 *
 * @param number the line number, from 1
 * @param lineEndAbove the offset of the line end above this line
 * @param textStart the offset of the first character of this line
 * @param text the line without line ends
 */
public record Line(int number, int lineEndAbove, int textStart, String text) {

    /** Returns the first line of a text. An empty text has one line, which is empty. */
    public static Line first(String content) {
        return at(content, 1, 0, 0);
    }

    /** Returns the line below, or null after the last line. */
    @Nullable
    public Line next(String content) {
        int end = textEnd();
        return end == content.length() ? null : at(content, number + 1, end, content.indexOf('\n', end) + 1);
    }

    /** Returns the offset behind the last character of this line. */
    public int textEnd() {
        return textStart + text.length();
    }

    public boolean isBlank() {
        return text.isBlank();
    }

    public boolean isComment() {
        return text.stripLeading().startsWith("#");
    }

    private static Line at(String content, int number, int lineEndAbove, int textStart) {
        int newline = content.indexOf('\n', textStart);
        int end = newline < 0 ? content.length() : newline;
        boolean crlf = newline > textStart && content.charAt(newline - 1) == '\r';
        return new Line(number, lineEndAbove, textStart, content.substring(textStart, crlf ? end - 1 : end));
    }
}

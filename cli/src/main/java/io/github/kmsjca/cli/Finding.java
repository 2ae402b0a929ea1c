package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.ForeignText;
import java.util.Locale;

/**
 * The result of one check.
 *
 * @param subject what was checked
 * @param text the result; if it is a problem, also how to fix it
 */
record Finding(Level level, String subject, String text) {
    enum Level {
        OK(Style.GOOD),
        /** The user should know this, but the key can be used. */
        NOTE(Style.DOUBTFUL),
        /** The user must fix this. */
        PROBLEM(Style.BAD);

        private final Style style;

        Level(Style style) {
            this.style = style;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isProblem() {
        return level == Level.PROBLEM;
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    static Finding note(String subject, String text) {
        return new Finding(Level.NOTE, subject, text);
    }

    static Finding problem(String subject, String text) {
        return new Finding(Level.PROBLEM, subject, text);
    }

    static Finding problem(String subject, Exception problem) {
        return problem(subject, Main.text(problem));
    }

    /** Returns the finding as one line. */
    String line(boolean isColored) {
        String padding = " ".repeat(Level.PROBLEM.text().length() - level.text().length());
        return level.style.of(level.text(), isColored) + padding + "  " + ForeignText.clean(subject + ": " + text);
    }
}

package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.ForeignText;
import java.util.Locale;

/**
 * The result of one check.
 *
 * @param subject what was checked
 * @param text the result, and how to fix it if it is a problem
 */
record Finding(Level level, String subject, String text) {
    enum Level {
        OK,
        /** The user should know this, but signing works. */
        NOTE,
        /** The user must fix this. */
        PROBLEM
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

    @Override
    public String toString() {
        return ForeignText.clean(String.format("%-7s  %s: %s", level.name().toLowerCase(Locale.ROOT), subject, text));
    }
}

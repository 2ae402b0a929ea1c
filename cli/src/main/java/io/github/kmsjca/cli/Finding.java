package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.ForeignText;
import java.util.Locale;

/**
 * What a check has found.
 *
 * @param subject what was looked at
 * @param text what is so, and where it is wrong how to mend it
 */
record Finding(Level level, String subject, String text) {
    /** How a finding is to be taken. */
    enum Level {
        OK,
        /** It works, or is not needed for signing. */
        NOTE,
        /** It has to be mended. */
        PROBLEM
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

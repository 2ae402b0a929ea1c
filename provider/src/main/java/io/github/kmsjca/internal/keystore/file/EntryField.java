package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.Line;
import io.github.kmsjca.internal.config.SettingLine;
import java.util.Locale;

/** The fields of an entry in a keystore file. */
enum EntryField {
    ALIAS,
    KEY;

    /** What the names of fields begin with that are the users' own. */
    static final String OWN = "x-";

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Returns the name as it is written in the file. */
    String text() {
        return text;
    }

    /** Returns the line that gives the field this value. */
    String line(String value) {
        return text + ": " + value;
    }

    boolean isIn(Line line) {
        return !line.isComment()
                && SettingLine.parse("", line.number(), line.text())
                        .filter(field -> field.name().equals(text))
                        .isPresent();
    }

    /** Returns the line with another value, and everything around the value as it was. */
    static String replace(String line, String value) {
        String old = SettingLine.parse("", 0, line).map(SettingLine::text).orElse("");
        int begin = line.lastIndexOf(old);
        return line.substring(0, begin) + value + line.substring(begin + old.length());
    }
}

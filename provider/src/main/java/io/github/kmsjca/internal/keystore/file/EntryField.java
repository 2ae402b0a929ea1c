package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.Line;
import io.github.kmsjca.internal.config.SettingLine;
import java.util.Locale;

/** The fields of an entry in a keystore file. */
enum EntryField {
    ALIAS,
    KEY;

    /** The prefix of the names of users' own fields, which the provider ignores. */
    static final String USER_PREFIX = "x-";

    private final String fieldName = name().toLowerCase(Locale.ROOT);

    String fieldName() {
        return fieldName;
    }

    /** Returns a new line with this field. */
    String line(String value) {
        return fieldName + ": " + value;
    }

    /** Returns whether a line gives this field a value. */
    boolean isNamedIn(Line line) {
        return !line.isComment()
                && SettingLine.parse("", line.number(), line.text())
                        .filter(field -> field.name().equals(fieldName))
                        .isPresent();
    }

    /** Returns the line of a field with another value. The text around the value does not change. */
    static String replace(String line, String value) {
        String old = SettingLine.parse("", 0, line).map(SettingLine::value).orElse("");
        // only blanks can follow the value
        int begin = line.lastIndexOf(old);
        return line.substring(0, begin) + value + line.substring(begin + old.length());
    }
}

package io.github.kmsjca.internal.keystore.file;

import io.github.kmsjca.internal.certificate.Line;
import io.github.kmsjca.internal.config.SettingLine;
import java.util.Locale;

/** The fields of an entry in a keystore file. */
enum EntryField {
    ALIAS,
    KEY;

    /** The prefix of field names that users may define. */
    static final String USER_PREFIX = "x-";

    private final String fieldName = name().toLowerCase(Locale.ROOT);

    String fieldName() {
        return fieldName;
    }

    String line(String value) {
        return fieldName + ": " + value;
    }

    boolean isIn(Line line) {
        return !line.isComment()
                && SettingLine.parse("", line.number(), line.text())
                        .filter(field -> field.name().equals(fieldName))
                        .isPresent();
    }

    /** Returns the line with another value. The text around the value does not change. */
    static String replace(String line, String value) {
        String old = SettingLine.parse("", 0, line).map(SettingLine::value).orElse("");
        int begin = line.lastIndexOf(old);
        return line.substring(0, begin) + value + line.substring(begin + old.length());
    }
}

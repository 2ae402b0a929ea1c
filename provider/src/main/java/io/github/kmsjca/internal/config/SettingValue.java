package io.github.kmsjca.internal.config;

/**
 * A checked setting.
 *
 * @param line the text and its place
 * @param setting the row
 * @param value the value of the text, as the row's type parses it
 */
record SettingValue(SettingLine line, Setting setting, Object value) {}

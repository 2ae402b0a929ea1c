package io.github.kmsjca.internal.config;

/**
 * A checked setting.
 *
 * @param line the text and its place
 * @param setting the row
 * @param value the value that the row's type makes from the text
 */
record SettingValue(SettingLine line, Setting setting, Object value) {}

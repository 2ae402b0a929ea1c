package io.github.kmsjca.internal.config;

/**
 * A checked setting.
 *
 * @param line the text and its place
 * @param setting the row
 * @param value the value of the text, by the row's type
 */
record SettingValue(SettingLine line, Setting setting, Object value) {}

package io.github.kmsjca.internal.config;

/**
 * A setting that was checked.
 *
 * @param line what was written and where
 * @param setting the row
 * @param value what the row's type made of the text
 */
record SettingValue(SettingLine line, Setting setting, Object value) {}

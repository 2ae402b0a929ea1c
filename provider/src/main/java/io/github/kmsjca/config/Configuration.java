package io.github.kmsjca.config;

import java.util.List;
import java.util.stream.Stream;

/** The settings of a provider: its argument, and the sources that are read anew each time. Thread-safe. */
public final class Configuration {
    private volatile List<SettingSource> argument = List.of();

    /** Makes a configuration without a provider argument; reads nothing. */
    public Configuration() {}

    /**
     * Sets the provider argument.
     *
     * @throws SettingsException if it cannot be read or one of its settings is wrong; the old argument stays
     */
    public void configure(String text) {
        List<SettingSource> given = List.of(SettingSource.argument(text));
        KmsSettings.from(given);
        argument = given;
    }

    /**
     * Returns the settings that are in force.
     *
     * @param store what a keystore file or a load parameter says, which comes after the provider argument
     * @throws SettingsException if a setting is wrong, wherever it stands
     */
    public KmsSettings settings(SettingSource... store) {
        return KmsSettings.read(
                Stream.concat(argument.stream(), Stream.of(store)).toList());
    }
}

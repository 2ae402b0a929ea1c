package io.github.kmsjca.config;

import java.util.List;
import java.util.stream.Stream;

/** The settings of a provider: its argument, and the sources that are read anew each time. Thread-safe. */
public final class Configuration {
    private volatile List<SettingSource> argument = List.of();

    /** Makes a configuration without a provider argument; reads nothing. */
    public Configuration() {}

    /**
     * Sets the provider argument, and returns which services the provider offers with it.
     *
     * @throws SettingsException if it cannot be read or one of its settings is wrong; the old argument stays
     */
    public Services configure(String text) {
        SettingSource given = SettingSource.argument(text);
        KmsSettings settings = KmsSettings.from(List.of(given));
        argument = List.of(given);
        return given.has(Setting.SERVICES) ? settings.services() : Services.preset();
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

package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a provider: its argument, and the sources that are read anew each time. The argument can be changed
 * until the settings have been used; later, other code could redirect calls by it. Thread-safe.
 */
public final class Configuration {
    private final boolean ownClients;
    private @Nullable String text;
    private List<SettingSource> argument = List.of();
    private boolean used;

    /** Makes a configuration without a provider argument; reads nothing. */
    public Configuration() {
        this.ownClients = false;
    }

    /**
     * Makes the configuration that a program builds, whose settings stay as they are.
     *
     * @param ownClients whether the program gives KMS clients of its own
     * @throws SettingsException if a setting is unknown or wrong, or does nothing for such clients
     */
    public Configuration(Map<String, String> settings, boolean ownClients) {
        SettingSource given = SettingSource.builder(settings);
        this.ownClients = ownClients;
        this.argument = List.of(given);
        this.used = true;
        requireEffect(argument);
        KmsSettings.from(argument);
    }

    private void requireEffect(List<SettingSource> sources) {
        if (ownClients) {
            sources.forEach(SettingSource::requireNoneOfClients);
        }
    }

    /**
     * Sets the provider argument, and returns which services the provider offers with it.
     *
     * @throws SettingsException if it cannot be read, or one of its settings is wrong, or another argument has been used;
     *     the old argument stays
     */
    public synchronized Services configure(String newText) {
        boolean repeated = newText.equals(text);
        if (used && !repeated) {
            throw new SettingsException("this provider is in use already, and its settings cannot be changed any more;"
                    + " make another provider with KmsProvider.builder(), or give a KeyStore settings of its own with"
                    + " KmsLoadStoreParameter");
        }
        SettingSource given = repeated ? argument.get(0) : SettingSource.argument(newText);
        requireEffect(List.of(given));
        KmsSettings.from(List.of(given));
        text = newText;
        argument = List.of(given);
        return offered();
    }

    /** Returns which services the provider offers: what its argument says, or else system property and environment. */
    public synchronized Services offered() {
        return argument.stream().anyMatch(source -> source.has(Setting.SERVICES))
                ? KmsSettings.from(argument).services()
                : services();
    }

    /**
     * Returns which services a provider offers without argument: what the system property or else the environment says. A
     * wrong text there is an error of the settings, and none of making a provider.
     */
    private static Services services() {
        try {
            return KmsSettings.from(SettingSource.ofProcess()).services();
        } catch (SettingsException reportedOnUse) {
            return Services.ALL;
        }
    }

    /**
     * Returns the settings that are in force; from now on the argument stays.
     *
     * @param store what a load parameter and a keystore file say, in any order
     * @throws SettingsException if a setting is wrong, wherever it stands
     */
    public KmsSettings settings(SettingSource... store) {
        List<SettingSource> sources = new ArrayList<>(inUse());
        sources.addAll(List.of(store));
        sources.addAll(SettingSource.ofProcess());
        requireEffect(sources);
        return KmsSettings.from(sources);
    }

    private synchronized List<SettingSource> inUse() {
        used = true;
        return argument;
    }
}

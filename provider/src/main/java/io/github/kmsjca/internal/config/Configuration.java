package io.github.kmsjca.internal.config;

import io.github.kmsjca.key.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a provider: its argument, and the sources that are read anew each time. The argument cannot change
 * after the first use of the settings, so that other code in the JVM cannot redirect calls. Thread-safe.
 */
public final class Configuration {
    private final boolean ownClients;
    private @Nullable String text;
    private List<SettingSource> argument = List.of();
    private boolean used;

    /** Creates a configuration without provider argument. Reads nothing. */
    public Configuration() {
        this.ownClients = false;
    }

    /**
     * Creates the configuration for a provider builder.
     *
     * @param ownClients whether the program sets its own KMS clients
     * @throws SettingsException if a setting is unknown or wrong, or has no effect on the program's own clients
     */
    public Configuration(Map<String, String> settings, boolean ownClients) {
        SettingSource source = SettingSource.builder(settings);
        this.ownClients = ownClients;
        this.argument = List.of(source);
        this.used = true;
        requireEffect(argument);
        KmsSettings.fromSome(argument);
    }

    private void requireEffect(List<SettingSource> sources) {
        if (ownClients) {
            sources.forEach(SettingSource::requireNoClientSetting);
        }
    }

    /**
     * Sets the provider argument. Returns which services the provider then offers.
     *
     * @throws SettingsException if the argument cannot be read, one of its settings is wrong, or the provider is
     *     already in use with another argument; the old argument then stays in force
     */
    public synchronized Services configure(String newText) {
        boolean repeated = newText.equals(text);
        if (used && !repeated) {
            throw new SettingsException("this provider is already in use, so its settings can no longer change;"
                    + " build another provider with KmsProvider.builder(), or give a KeyStore its own settings with"
                    + " KmsLoadStoreParameter");
        }
        SettingSource source = repeated ? argument.get(0) : SettingSource.argument(newText);
        requireEffect(List.of(source));
        KmsSettings.fromSome(List.of(source));
        text = newText;
        argument = List.of(source);
        return offered();
    }

    /**
     * Returns which services the provider offers. The first of these that contains the setting decides: the argument,
     * the system property, the environment variable.
     */
    public synchronized Services offered() {
        return argument.stream().anyMatch(source -> source.has(Setting.SERVICES))
                ? KmsSettings.fromSome(argument).services()
                : servicesOfProcess();
    }

    /**
     * Returns which services a provider offers if its argument does not say. A wrong value in the system property or
     * the environment variable is reported on first use, because creating a provider must not fail.
     */
    private static Services servicesOfProcess() {
        try {
            return KmsSettings.fromSome(SettingSource.ofProcess()).services();
        } catch (SettingsException reportedOnUse) {
            return Services.ALL;
        }
    }

    /**
     * Returns the settings in force. After this call, the argument cannot change.
     *
     * @param store the settings of a load parameter and of a keystore file, in any order
     * @throws SettingsException if a setting is wrong, in any source
     */
    public KmsSettings settings(SettingSource... store) {
        List<SettingSource> sources = new ArrayList<>(useArgument());
        sources.addAll(List.of(store));
        sources.addAll(SettingSource.ofProcess());
        requireEffect(sources);
        return KmsSettings.from(sources);
    }

    private synchronized List<SettingSource> useArgument() {
        used = true;
        return argument;
    }
}

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
    private final boolean hasProgramClients;

    /** What error texts call the provider argument. */
    private final String argumentName;

    /** The provider argument as {@link #configure} got it; null if there is none. */
    private @Nullable String argumentText;

    /** The settings of the provider argument or the provider builder; empty if there are none. */
    private List<SettingSource> argument = List.of();

    /** Whether the argument can no longer change. */
    private boolean used;

    /** Creates a configuration without provider argument. Reads nothing. */
    public Configuration() {
        this(SettingSource.PROVIDER_ARGUMENT);
    }

    /**
     * Creates a configuration without provider argument. Reads nothing.
     *
     * @param argumentName what error texts call the provider argument: the option, if a program has one for it
     */
    public Configuration(String argumentName) {
        this.hasProgramClients = false;
        this.argumentName = argumentName;
    }

    /**
     * Creates the configuration for a provider builder. {@link #configure} cannot change it.
     *
     * @param hasProgramClients whether the program sets its own KMS clients
     * @throws SettingsException if a setting is unknown or wrong, or has no effect on the program's own clients
     */
    public Configuration(Map<String, String> settings, boolean hasProgramClients) {
        SettingSource source = SettingSource.builder(settings);
        this.hasProgramClients = hasProgramClients;
        this.argumentName = SettingSource.PROVIDER_ARGUMENT;
        this.argument = List.of(source);
        this.used = true;
        requireEffect(argument);
        requireNoContradiction(argument);
    }

    private void requireEffect(List<SettingSource> sources) {
        if (hasProgramClients) {
            sources.forEach(SettingSource::requireNoClientSetting);
        }
    }

    private static void requireNoContradiction(List<SettingSource> sources) {
        KmsSettings.fromSome(sources);
    }

    /**
     * Sets the provider argument. Returns which services the provider then offers. If the argument is the same as
     * before, it stays in force, and a settings file that it names is not read again.
     *
     * @throws SettingsException if the argument cannot be read, one of its settings is wrong, or the provider comes
     *     from a builder or is already in use with another argument or without one; the old settings then stay in force
     */
    public synchronized Services configure(String newText) {
        boolean isRepeated = newText.equals(argumentText);
        if (used && !isRepeated) {
            throw new SettingsException("this provider is in use or comes from KmsProvider.builder(), so its settings"
                    + " can no longer change; build another provider with KmsProvider.builder(), or give a KeyStore"
                    + " its own settings with KmsLoadStoreParameter");
        }
        if (!isRepeated) {
            List<SettingSource> source = List.of(SettingSource.argument(argumentName, newText));
            requireNoContradiction(source);
            argumentText = newText;
            argument = source;
        }
        return offered();
    }

    /**
     * Returns which services the provider offers. The setting comes from the first of these sources that contains it:
     * the argument, the system properties, the environment.
     */
    public synchronized Services offered() {
        return argument.stream().anyMatch(source -> source.has(Setting.SERVICES))
                ? KmsSettings.fromSome(argument).services()
                : servicesOfProcess();
    }

    /**
     * Returns which services a provider offers if its argument does not say. If a system property or an environment
     * variable has a wrong value, returns all services: the first use reports the wrong value, because creating a
     * provider must not fail.
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

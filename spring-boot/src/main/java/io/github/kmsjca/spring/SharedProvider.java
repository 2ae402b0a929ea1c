package io.github.kmsjca.spring;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.SettingLine;
import io.github.kmsjca.key.SettingsException;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The provider that all application contexts of a JVM share. Thread-safe. */
final class SharedProvider {
    private static final String SEPARATOR = ";";

    /** The provider in use. Static, because it stands for an entry in the JVM's list of providers. */
    private static @Nullable SharedProvider current;

    private final KmsProvider provider;
    private final boolean registeredHere;
    private Map<String, String> settings = Map.of();
    private int users;

    private SharedProvider(KmsProvider provider, boolean registeredHere) {
        this.provider = provider;
        this.registeredHere = registeredHere;
    }

    /**
     * Registers and configures the provider for one more context.
     *
     * @throws SettingsException if a setting is unknown or wrong, or if another context already uses the provider with
     *     other settings
     */
    static synchronized SharedProvider use(List<SettingLine> lines) {
        KmsSettings.requireValid(lines);
        lines.forEach(SharedProvider::requireOneSetting);
        SharedProvider shared = current == null ? register() : current;
        shared.configure(lines.stream().collect(Collectors.toMap(SettingLine::name, SettingLine::value)));
        shared.users++;
        current = shared;
        return shared;
    }

    private static SharedProvider register() {
        boolean registeredHere = Security.getProvider(KmsProvider.NAME) == null;
        return new SharedProvider(KmsProvider.install(), registeredHere);
    }

    /** Fails if {@link KmsProvider#configure} would read a setting as several settings. */
    private static void requireOneSetting(SettingLine line) {
        boolean isName = line.name().chars().noneMatch(c -> c == '=' || c == ':');
        if (!isName || (line.name() + line.value()).contains(SEPARATOR)) {
            throw new SettingsException(line.place() + ": a property awskms.* cannot contain '" + SEPARATOR
                    + "', and its name cannot contain '=' or ':'; use another alias or path");
        }
    }

    private void configure(Map<String, String> wanted) {
        if (wanted.equals(settings)) {
            return;
        }
        if (wanted.isEmpty()) {
            throw inUse(null);
        }
        try {
            provider.configure(text(wanted));
            settings = wanted;
        } catch (SettingsException refused) {
            // the settings are valid, so the provider refuses them because it is in use
            throw inUse(refused);
        }
    }

    private static SettingsException inUse(@Nullable SettingsException cause) {
        return new SettingsException(
                "the provider " + KmsProvider.NAME + " of this JVM already has other settings than the properties"
                        + " awskms.* of this application context; close the application context that uses it, or give"
                        + " both contexts the same properties",
                cause);
    }

    private static String text(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(SEPARATOR));
    }

    /**
     * Ends the use by one context. After the last context, closes the provider, unless the provider was registered
     * before the first context.
     */
    void release() {
        synchronized (SharedProvider.class) {
            users--;
            if (users == 0) {
                current = null;
                if (registeredHere) {
                    provider.close();
                }
            }
        }
    }
}

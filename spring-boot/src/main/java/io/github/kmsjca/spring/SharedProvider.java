package io.github.kmsjca.spring;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.config.SettingLine;
import io.github.kmsjca.key.SettingsException;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The provider that all application contexts of a JVM share. Thread-safe. */
final class SharedProvider {
    /**
     * The provider in use, or null while no context is open. Static, because it stands for an entry in the JVM's list
     * of providers.
     */
    private static @Nullable SharedProvider current;

    private final KmsProvider provider;
    private final boolean registeredHere;
    private final Map<String, String> settings;
    private int users;

    private SharedProvider(KmsProvider provider, boolean registeredHere, Map<String, String> settings) {
        this.provider = provider;
        this.registeredHere = registeredHere;
        this.settings = settings;
    }

    /**
     * Returns the provider for one more context. Registers the provider for the first context.
     *
     * @throws SettingsException if a setting is unknown or wrong, if another context already uses the provider with
     *     other settings, or if the provider was registered before the first context and does not find the same setting
     *     in the system properties or in the environment
     * @throws IllegalStateException if a provider of this name from another class loader is registered
     */
    static synchronized SharedProvider use(List<SettingLine> lines) {
        SharedProvider shared = current;
        if (shared == null) {
            shared = Security.getProvider(KmsProvider.NAME) == null ? register(lines) : useRegistered(lines);
        } else if (shared.registeredHere) {
            KmsSettings.requireValid(lines);
            shared.requireSame(lines);
        } else {
            requireVisibleToProvider(lines);
        }
        shared.users++;
        current = shared;
        return shared;
    }

    private static SharedProvider register(List<SettingLine> lines) {
        KmsSettings.requireValid(lines);
        KmsProvider.Builder builder = KmsProvider.builder();
        lines.forEach(line -> builder.setting(line.name(), line.value()));
        KmsProvider built = builder.build();
        Security.addProvider(built);
        // install() moves the provider that was just added to its place in the list
        KmsProvider.install();
        if (isRegistered(built)) {
            return new SharedProvider(built, true, settings(lines));
        }
        // another thread has registered a provider since use() looked, so these settings are not in force
        built.close();
        return useRegistered(lines);
    }

    @SuppressWarnings("ReferenceEquality") // another instance of this class may be registered
    private static boolean isRegistered(KmsProvider provider) {
        return Security.getProvider(KmsProvider.NAME) == provider;
    }

    /** Uses the provider that the program or a file of security properties has registered. Keeps its settings. */
    private static SharedProvider useRegistered(List<SettingLine> lines) {
        KmsProvider provider = KmsProvider.install();
        requireVisibleToProvider(lines);
        return new SharedProvider(provider, false, Map.of());
    }

    private static void requireVisibleToProvider(List<SettingLine> lines) {
        for (SettingLine line : lines) {
            if (!KmsSettings.isFoundWithoutArgument(line)) {
                throw new SettingsException(line.place() + ": this property cannot be used, because the provider "
                        + KmsProvider.NAME + " was registered before the application context, with its own settings;"
                        + " remove that registration, because the starter registers the provider, or set a system"
                        + " property or environment variable instead of this property");
            }
        }
    }

    private void requireSame(List<SettingLine> lines) {
        if (!settings.equals(settings(lines))) {
            throw new SettingsException("the provider " + KmsProvider.NAME + " of this JVM already has other settings"
                    + " than the properties awskms.* of this application context; first close the application contexts"
                    + " that already use this provider, or give all contexts the same properties");
        }
    }

    private static Map<String, String> settings(List<SettingLine> lines) {
        return lines.stream().collect(Collectors.toUnmodifiableMap(SettingLine::name, SettingLine::value));
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

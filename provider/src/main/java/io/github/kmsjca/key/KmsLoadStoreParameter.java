package io.github.kmsjca.key;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameter for {@code KeyStore.load} and {@code KeyStore.store}: settings, and the keystore file if there is one.
 * {@code KeyStore.store} uses only the file, and ignores the settings. Immutable and thread-safe.
 *
 * <pre>{@code
 * KeyStore keys = KeyStore.getInstance("AWSKMS");
 * keys.load(KmsLoadStoreParameter.ofFile(Path.of("release.awskms")).with("region", "eu-west-1"));
 * }</pre>
 */
public final class KmsLoadStoreParameter implements KeyStore.LoadStoreParameter {
    private final @Nullable Path file;
    private final Map<String, String> settings;

    private KmsLoadStoreParameter(@Nullable Path file, Map<String, String> settings) {
        this.file = file;
        this.settings = settings;
    }

    /**
     * Returns a parameter for discovery, as with {@code -keystore NONE}: the entries are the keys that the settings
     * name, or the aliases of the account.
     *
     * @return a parameter without file and settings
     */
    public static KmsLoadStoreParameter ofDiscovery() {
        return new KmsLoadStoreParameter(null, Map.of());
    }

    /**
     * Returns a parameter for a keystore file. {@code KeyStore.load} reads the file, and {@code KeyStore.store}
     * replaces it atomically.
     *
     * @param file the keystore file
     * @return a parameter with this file and without settings
     */
    public static KmsLoadStoreParameter ofFile(Path file) {
        return new KmsLoadStoreParameter(file, Map.of());
    }

    /**
     * Returns a copy of this parameter with one more setting. A second value for the same name replaces the first.
     *
     * <p>{@code KeyStore.load} throws {@link SettingsException} if the setting is unknown, has a wrong value or has no
     * effect. See the <a href="https://github.com/kmsjca/kms-jca/blob/main/docs/settings.md">list of settings</a>.
     *
     * @param name the name of the setting, such as {@code region}
     * @param text the value of the setting, such as {@code eu-west-1}
     * @return the new parameter
     */
    public KmsLoadStoreParameter with(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, text);
        return new KmsLoadStoreParameter(file, Collections.unmodifiableMap(more));
    }

    /**
     * Returns the keystore file.
     *
     * @return the file; empty for discovery
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Returns the settings.
     *
     * @return the values by name, unmodifiable
     */
    public Map<String, String> settings() {
        return settings;
    }

    /**
     * Returns null, because the keystore contains no secrets and needs no password.
     *
     * @return null
     */
    @Override
    public KeyStore.@Nullable ProtectionParameter getProtectionParameter() {
        return null;
    }
}

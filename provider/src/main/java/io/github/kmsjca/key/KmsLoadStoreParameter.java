package io.github.kmsjca.key;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings, and the keystore file if there is one, for {@code KeyStore.load} and {@code KeyStore.store}. Immutable.
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

    /** Returns a parameter for discovery, as {@code -keystore NONE} does it; it has no settings yet. */
    public static KmsLoadStoreParameter ofDiscovery() {
        return new KmsLoadStoreParameter(null, Map.of());
    }

    /** Returns a parameter for loading from a keystore file, or storing to it atomically; it has no settings yet. */
    public static KmsLoadStoreParameter ofFile(Path file) {
        return new KmsLoadStoreParameter(file, Map.of());
    }

    /**
     * Returns a parameter with one more setting, or with another text for a setting that it has. A setting that is
     * unknown or wrong is a {@link SettingsException} when the KeyStore is loaded.
     */
    public KmsLoadStoreParameter with(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, text);
        return new KmsLoadStoreParameter(file, Collections.unmodifiableMap(more));
    }

    /** Returns the keystore file; empty for discovery. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the texts of the settings by name. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Returns null: a keystore without secrets needs no password. */
    @Override
    public KeyStore.@Nullable ProtectionParameter getProtectionParameter() {
        return null;
    }
}

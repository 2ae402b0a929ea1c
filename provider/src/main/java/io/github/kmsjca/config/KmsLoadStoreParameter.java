package io.github.kmsjca.config;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings, and where wanted the keystore file, for {@code KeyStore.load} and {@code KeyStore.store}.
 *
 * <p>Its settings win over those in the keystore file. Immutable.
 */
public final class KmsLoadStoreParameter implements KeyStore.LoadStoreParameter {
    private static final String SOURCE = "load parameter";

    private final @Nullable Path file;
    private final Map<String, SettingLine> lines;

    private KmsLoadStoreParameter(@Nullable Path file, Map<String, SettingLine> lines) {
        this.file = file;
        this.lines = lines;
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
     * Returns a parameter with one more setting, or with another text for a setting that it has.
     *
     * @throws SettingsException if the setting is unknown, has no effect on a KeyStore of this kind, or the text is not
     *     what it demands
     */
    public KmsLoadStoreParameter with(String name, String text) {
        Map<String, SettingLine> more = new LinkedHashMap<>(lines);
        more.put(name, new SettingLine(SOURCE, 0, name, text));
        KmsLoadStoreParameter parameter = new KmsLoadStoreParameter(file, more);
        parameter.settings();
        return parameter;
    }

    /** Returns the keystore file; empty for discovery. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the settings as a source. */
    public SettingSource settings() {
        return SettingSource.of(lines.values(), file == null ? Reach.DISCOVERY : Reach.STORE);
    }

    /** Returns null: a keystore without secrets needs no password. */
    @Override
    public KeyStore.@Nullable ProtectionParameter getProtectionParameter() {
        return null;
    }
}

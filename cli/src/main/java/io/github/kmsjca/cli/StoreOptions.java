package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the keys and the settings, like those of keytool and jarsigner. */
final class StoreOptions {
    /** The description of the parameter KEY for all commands. */
    static final String KEY = "Key id, key ARN, alias/NAME or alias ARN. With --keystore, the alias of an entry.";

    /** The option for the settings, also in error texts. */
    static final String SETTINGS = "--settings";

    private static final String NO_FILE = "NONE";

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "Keystore file. Without it, or with NONE, uses the keys of the account.")
    @Nullable
    Path keystore;

    @Option(
            names = {"-s", SETTINGS},
            paramLabel = "SETTINGS",
            description = "Settings as in -providerarg: name=value;name=value, or the path of a settings file.")
    @Nullable
    String settings;

    private @Nullable Provider provider;

    /** Returns the keystore file, or empty for the account. */
    Optional<Path> file() {
        return Optional.ofNullable(keystore).filter(path -> !path.equals(Path.of(NO_FILE)));
    }

    /** Returns the configuration from these options, without the settings in the keystore file. */
    Configuration configuration() {
        Configuration configuration = new Configuration(SETTINGS);
        if (settings != null) {
            configuration.configure(settings);
        }
        return configuration;
    }

    /** Opens a KeyStore with these options. All KeyStores share one provider, which caches the answers from KMS. */
    KeyStore open() throws GeneralSecurityException, IOException {
        Provider present = provider;
        if (present == null) {
            present = settings == null ? new KmsProvider() : new KmsProvider().configure(settings);
            provider = present;
        }
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, present);
        store.load(file().map(KmsLoadStoreParameter::ofFile).orElseGet(KmsLoadStoreParameter::ofDiscovery));
        return store;
    }
}

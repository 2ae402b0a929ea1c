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

/** Where keys are looked for, and with which settings: as keytool and jarsigner are told. */
final class StoreOptions {
    /** What all commands call a key. */
    static final String KEY = "Key id, key ARN, alias/NAME or alias ARN; with --keystore the alias of an entry of it.";

    private static final String NO_FILE = "NONE";

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "Keystore file; without it, or as NONE, keys are found in the account.")
    @Nullable
    Path keystore;

    @Option(
            names = {"-s", "--settings"},
            paramLabel = "SETTINGS",
            description = "As after -providerarg: name=value;name=value, or a file of them.")
    @Nullable
    String settings;

    private @Nullable Provider provider;

    /** Returns the keystore file, or empty for discovery. */
    Optional<Path> file() {
        return Optional.ofNullable(keystore).filter(path -> !path.equals(Path.of(NO_FILE)));
    }

    /** Returns the settings alone, as the provider has them. */
    Configuration configuration() {
        Configuration configuration = new Configuration();
        if (settings != null) {
            configuration.configure(settings);
        }
        return configuration;
    }

    /** Returns a KeyStore as programs get it with these options; all of them share what they learn from KMS. */
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

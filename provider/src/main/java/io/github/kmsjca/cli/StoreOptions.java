package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.config.Configuration;
import io.github.kmsjca.config.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
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

    private @Nullable Provider opened;

    static Provider provider() {
        return new KmsProvider();
    }

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

    /** Returns the provider with its settings, the same one each time. */
    Provider configured() {
        Provider made = opened;
        if (made == null) {
            made = settings == null ? provider() : provider().configure(settings);
            opened = made;
        }
        return made;
    }

    /** Returns the KeyStore that the options name. */
    KeyStore open() throws GeneralSecurityException, IOException {
        return open(file().map(KmsLoadStoreParameter::ofFile).orElseGet(KmsLoadStoreParameter::ofDiscovery));
    }

    /** Returns a KeyStore with the settings of the options. */
    KeyStore open(KmsLoadStoreParameter parameter) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, configured());
        store.load(parameter);
        return store;
    }

    /** Returns a handle to the key of an entry of {@link #open}, or in discovery of any key identifier. */
    KmsPrivateKey key(String name) throws GeneralSecurityException, IOException {
        return key(open(), name);
    }

    KmsPrivateKey key(KeyStore store, String name) throws GeneralSecurityException {
        if (store.getKey(name, null) instanceof KmsPrivateKey key) {
            return key;
        }
        throw new KeyStoreException(file().map(path -> path + " has no key entry '" + name + "'")
                .orElseGet(() -> "'" + name
                        + "' is no key id, key ARN, alias/NAME or alias ARN, nor named by a setting key." + name));
    }
}

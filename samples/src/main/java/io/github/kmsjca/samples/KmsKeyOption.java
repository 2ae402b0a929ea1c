package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key in KMS that the user names. */
final class KmsKeyOption {
    /** The settings of the program itself; all others come from system properties and the environment. */
    private KmsLoadStoreParameter settings = KmsLoadStoreParameter.ofDiscovery();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "Key id, key ARN, alias/NAME or alias ARN of the key in KMS.")
    String id = "";

    /** Sets one of the provider's settings, unless the user left it out. */
    void set(String setting, @Nullable String text) {
        if (text != null) {
            settings = settings.with(setting, text);
        }
    }

    /** Returns the handle to the private key. This asks KMS for the public key, and for nothing else. */
    PrivateKey open() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME);
        keys.load(settings);
        if (keys.getKey(id, null) instanceof PrivateKey key) {
            return key;
        }
        throw new KeyStoreException("'" + id + "' is no key id, key ARN, alias/NAME or alias ARN");
    }
}

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

/** The option for the KMS key. */
final class KmsKeyOption {
    /** The settings that the program sets. All others come from system properties and environment variables. */
    private KmsLoadStoreParameter settings = KmsLoadStoreParameter.ofDiscovery();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "Key id, key ARN, alias/NAME or alias ARN of the KMS key.")
    String id = "";

    /** Sets one of the provider's settings, if the user gave the option. */
    void set(String setting, @Nullable String text) {
        if (text != null) {
            settings = settings.with(setting, text);
        }
    }

    /** Returns the handle of the private key. Makes one KMS call, for the public key. */
    PrivateKey open() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME);
        keys.load(settings);
        if (keys.getKey(id, null) instanceof PrivateKey key) {
            return key;
        }
        throw new KeyStoreException("there is no KMS key pair '" + id
                + "'; write a key id, key ARN, alias/NAME or alias" + " ARN, and check the account and the Region");
    }
}

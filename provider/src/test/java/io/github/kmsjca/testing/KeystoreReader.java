package io.github.kmsjca.testing;

import io.github.kmsjca.KmsProvider;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.util.Collections;

/**
 * A program for {@link ChildJvm}. It opens a keystore file, and prepares a signature with each key, but does not sign.
 * The argument is the path of the file.
 */
public final class KeystoreReader {
    private KeystoreReader() {}

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new KmsProvider());
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME);
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            store.load(in, null);
        }
        for (String alias : Collections.list(store.aliases())) {
            store.getCertificateChain(alias);
            PrivateKey key = (PrivateKey) store.getKey(alias, null);
            Signature engine = Signature.getInstance("SHA256withECDSA");
            engine.initSign(key);
            engine.update(new byte[100]);
            System.out.println("ready with " + key);
        }
    }
}

package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/**
 * Puts a KMS key and its certificates into a keystore file, under an alias that you choose. Creates the file if
 * necessary. In the PEM file, the certificate of the key must come first, and then those of its issuers.
 *
 * <p>IAM: {@code kms:GetPublicKey} on the key.
 *
 * <p>Run: {@code samples/run import-certificate KEY CERTIFICATES KEYSTORE ALIAS}
 */
public final class ImportCertificate {
    private ImportCertificate() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        Path file = Path.of(arguments[2]);
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME);
        // without a file yet, load discovery instead; store() then writes only the entry that is added below
        store.load(Files.exists(file) ? KmsLoadStoreParameter.ofFile(file) : KmsLoadStoreParameter.ofDiscovery());
        try (InputStream pem = Files.newInputStream(Path.of(arguments[1]))) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .toArray(Certificate[]::new);
            store.setKeyEntry(arguments[3], key, null, chain);
        }
        store.store(KmsLoadStoreParameter.ofFile(file));
    }
}

package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PublicKey;
import java.util.Base64;

/**
 * Writes the public key of a KMS key in PEM (RFC 7468 §13). Others need only this file to verify signatures: no AWS
 * account, no KMS and no kms-jca.
 *
 * <p>IAM: {@code kms:GetPublicKey} on the key.
 *
 * <p>Run: {@code samples/run public-key KEY PEM}
 */
public final class PublicKeyFile {
    private static final int LINE_LENGTH = 64;

    private PublicKeyFile() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        Files.writeString(Path.of(arguments[1]), pem(key.publicKey()));
    }

    /** Returns a public key in PEM. */
    public static String pem(PublicKey key) {
        String base64 = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }
}

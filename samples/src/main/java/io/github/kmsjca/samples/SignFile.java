package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;

/**
 * Signs files of any size. For each file, the program sends only the hash to KMS, writes the signature to
 * {@code FILE.sig}, and prints the OpenSSL command that verifies the signature. In this command, {@code public.pem} is
 * the public key, which the sample {@code public-key} writes.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Sign} on the key.
 *
 * <p>Run: {@code samples/run sign-file KEY FILE...}
 */
public final class SignFile {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private SignFile() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        String hash = hash(key);
        String algorithm = hash + (key instanceof RSAKey ? "withRSA" : "withECDSA");
        for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
            Files.write(Path.of(file + ".sig"), sign(Path.of(file), key, algorithm));
            System.out.println("openssl dgst -" + hash + " -verify public.pem -signature " + quoted(file + ".sig") + " "
                    + quoted(file));
        }
    }

    /** Returns the signature of a file. Makes one KMS call. */
    public static byte[] sign(Path file, PrivateKey key, String algorithm)
            throws GeneralSecurityException, IOException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        byte[] buffer = new byte[BUFFER_SIZE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                signature.update(buffer, 0, length);
            }
        }
        return signature.sign();
    }

    /** Returns the usual hash for a key: SHA-384 for P-384, SHA-512 for P-521, otherwise SHA-256. */
    private static String hash(KmsPrivateKey key) throws InvalidKeyException {
        if (key instanceof RSAKey) {
            return "SHA256";
        }
        if (!(key instanceof ECKey ec)) {
            throw new InvalidKeyException(
                    "choose a key for RSA or ECDSA: 'openssl dgst' cannot verify with a key of spec " + key.keySpec());
        }
        int bits = ec.getParams().getOrder().bitLength();
        if (bits <= P256_BITS) {
            return "SHA256";
        }
        return bits <= P384_BITS ? "SHA384" : "SHA512";
    }

    private static String quoted(String file) {
        return "'" + file.replace("'", "'\\''") + "'";
    }
}

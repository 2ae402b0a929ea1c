package io.github.kmsjca.emulator.contract;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;

/** Encrypts key material for an import. It uses only the JDK, so that it shares no code with the emulator. */
public final class Wrapping {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Wrapping() {}

    /**
     * Encrypts key material with a KMS wrapping algorithm.
     *
     * @param wrappingKey the SubjectPublicKeyInfo of the RSA key from {@code GetParametersForImport}
     */
    public static SdkBytes wrap(String algorithm, SdkBytes wrappingKey, byte[] material) {
        try {
            PublicKey key =
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(wrappingKey.asByteArray()));
            String hash = algorithm.endsWith("SHA_1") ? "SHA-1" : "SHA-256";
            byte[] wrapped =
                    algorithm.startsWith("RSAES_OAEP") ? oaep(key, hash, material) : aesAndOaep(key, hash, material);
            return SdkBytes.fromByteArray(wrapped);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] aesAndOaep(PublicKey key, String hash, byte[] material) throws GeneralSecurityException {
        byte[] aesKey = new byte[32];
        RANDOM.nextBytes(aesKey);
        Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(aesKey, "AES"));
        byte[] wrappedMaterial = cipher.doFinal(material);
        byte[] wrappedAesKey = oaep(key, hash, aesKey);
        byte[] both = Arrays.copyOf(wrappedAesKey, wrappedAesKey.length + wrappedMaterial.length);
        System.arraycopy(wrappedMaterial, 0, both, wrappedAesKey.length, wrappedMaterial.length);
        return both;
    }

    private static byte[] oaep(PublicKey key, String hash, byte[] plaintext) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        return cipher.doFinal(plaintext);
    }
}

package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.OptionalInt;
import java.util.SortedMap;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSAES-OAEP, RFC 8017 §7.1, with the same hash for MGF1 and an empty label. */
record OaepScheme(String hash, int hashLength) implements EncryptionScheme {

    @Override
    public boolean acceptsContext() {
        return false;
    }

    @Override
    public OptionalInt maxPlaintextLength(KeyMaterial key) {
        return OptionalInt.of(modulusLength(key.pair()) - 2 * hashLength - 2);
    }

    @Override
    public byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = cipher();
        cipher.init(Cipher.ENCRYPT_MODE, key.pair().publicKey(), parameters());
        return cipher.doFinal(plaintext);
    }

    @Override
    public byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        return decrypt(key.pair().privateKey(), ciphertext);
    }

    byte[] decrypt(PrivateKey key, byte[] ciphertext) throws GeneralSecurityException {
        Cipher cipher = cipher();
        cipher.init(Cipher.DECRYPT_MODE, key, parameters());
        return cipher.doFinal(ciphertext);
    }

    /** Returns the length of the modulus in bytes, which is also the length of a ciphertext. */
    static int modulusLength(KeyMaterial.Pair pair) {
        return ((RSAKey) pair.publicKey()).getModulus().bitLength() / Byte.SIZE;
    }

    private static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance("RSA/ECB/OAEPPadding", CryptoProvider.JDK_JCE.provider());
    }

    private OAEPParameterSpec parameters() {
        return new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
    }
}

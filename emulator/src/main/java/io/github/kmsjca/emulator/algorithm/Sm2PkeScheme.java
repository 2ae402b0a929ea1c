package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.OptionalInt;
import java.util.SortedMap;
import javax.crypto.Cipher;

/** SM2 public key encryption, GM/T 0003.4. The ciphertext has the default form of Bouncy Castle's SM2 cipher. */
record Sm2PkeScheme() implements EncryptionScheme {
    // a limit of KMS, not of SM2
    private static final int MAX_PLAINTEXT_LENGTH = 1024;

    @Override
    public boolean acceptsContext() {
        return false;
    }

    @Override
    public OptionalInt maxPlaintextLength(KeyMaterial key) {
        return OptionalInt.of(MAX_PLAINTEXT_LENGTH);
    }

    @Override
    public byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        return cipher(Cipher.ENCRYPT_MODE, key.pair().publicKey()).doFinal(plaintext);
    }

    @Override
    public byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, key.pair().privateKey()).doFinal(ciphertext);
    }

    private static Cipher cipher(int mode, Key key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("SM2", CryptoProvider.BOUNCY_CASTLE.provider());
        cipher.init(mode, key);
        return cipher;
    }
}

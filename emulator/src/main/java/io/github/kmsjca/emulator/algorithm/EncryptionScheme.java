package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import java.util.OptionalInt;
import java.util.SortedMap;

/** How an encryption algorithm encrypts and decrypts. */
sealed interface EncryptionScheme permits GcmScheme, OaepScheme, Sm2PkeScheme {

    /** Returns whether ciphertexts are bound to an encryption context. */
    boolean takesContext();

    /** Returns how many bytes a key can encrypt, if a request can hold more. */
    OptionalInt maximum(KeyMaterial key);

    /** Encrypts with a key that has an id. */
    byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException;

    /**
     * Decrypts with a key that has an id.
     *
     * @throws GeneralSecurityException if it is not a ciphertext of the key and context
     */
    byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException;
}

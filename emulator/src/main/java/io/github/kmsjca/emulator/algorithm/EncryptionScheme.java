package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import java.util.OptionalInt;
import java.util.SortedMap;

/** The mathematics of an encryption algorithm. */
sealed interface EncryptionScheme permits GcmScheme, OaepScheme, Sm2PkeScheme {

    /** Returns whether ciphertexts are bound to an encryption context. */
    boolean takesContext();

    /** Returns the most bytes that a key encrypts, if that is less than a request can hold. */
    OptionalInt maximum(KeyMaterial key);

    /** Encrypts with the key of an id. */
    byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException;

    /**
     * Decrypts with the key of an id.
     *
     * @throws GeneralSecurityException if it is not a ciphertext of the key and context
     */
    byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException;
}

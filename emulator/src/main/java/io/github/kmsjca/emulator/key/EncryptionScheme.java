package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.util.OptionalInt;
import java.util.SortedMap;

/** The mathematics of an encryption algorithm. */
sealed interface EncryptionScheme permits GcmScheme, OaepScheme, Sm2PkeScheme {

    /** Returns whether ciphertexts are bound to an encryption context. */
    boolean takesContext();

    /** Returns the most bytes that a key encrypts, if that is less than a request can hold. */
    OptionalInt maximum(KmsKey key);

    /** Encrypts. */
    byte[] encrypt(KmsKey key, byte[] plaintext, SortedMap<String, String> context) throws GeneralSecurityException;

    /**
     * Decrypts.
     *
     * @throws GeneralSecurityException if it is no ciphertext of the key and context
     */
    byte[] decrypt(KmsKey key, byte[] ciphertext, SortedMap<String, String> context) throws GeneralSecurityException;
}

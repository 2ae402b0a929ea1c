package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.KeyMaterial;
import java.security.GeneralSecurityException;
import java.util.OptionalInt;
import java.util.SortedMap;

/** How an encryption algorithm encrypts and decrypts. */
sealed interface EncryptionScheme permits GcmScheme, OaepScheme, Sm2PkeScheme {

    /** Returns whether the scheme accepts an encryption context and binds the ciphertext to it. */
    boolean acceptsContext();

    /**
     * Returns the maximum number of bytes that a key can encrypt, or empty if it can encrypt every plaintext that a
     * request can contain.
     */
    OptionalInt maxPlaintextLength(KeyMaterial key);

    /**
     * Encrypts with a key.
     *
     * @param keyId the id of the key, which some schemes write into the ciphertext
     */
    byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException;

    /**
     * Decrypts with a key.
     *
     * @throws GeneralSecurityException if the ciphertext does not belong to this key and context; for a damaged
     *     ciphertext, Bouncy Castle can throw IllegalArgumentException or IndexOutOfBoundsException instead
     */
    byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException;
}

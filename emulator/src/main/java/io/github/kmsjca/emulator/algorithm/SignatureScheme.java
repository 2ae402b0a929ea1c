package io.github.kmsjca.emulator.algorithm;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.OptionalInt;

/** How a signing algorithm signs and verifies, and which messages it accepts. */
sealed interface SignatureScheme permits EngineScheme, SignerScheme {

    /** Returns whether the scheme accepts messages of this type. */
    boolean accepts(MessageType type);

    /** Returns the length in bytes that messages of the given type must have, or empty if any length is valid. */
    OptionalInt exactLength(MessageType type);

    /** Signs a message of an accepted type and length. */
    byte[] sign(PrivateKey key, MessageType type, byte[] message) throws GeneralSecurityException;

    /**
     * Returns whether a signature is valid.
     *
     * @throws java.security.SignatureException if the signature is malformed; some schemes return false instead
     */
    boolean isValid(PublicKey key, MessageType type, byte[] message, byte[] signature) throws GeneralSecurityException;
}

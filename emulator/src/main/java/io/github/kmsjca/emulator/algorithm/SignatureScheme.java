package io.github.kmsjca.emulator.algorithm;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.OptionalInt;

/** The mathematics of a signing algorithm: what it takes, and how it signs and verifies that. */
sealed interface SignatureScheme permits EngineScheme, SignerScheme {

    /** Returns whether requests may send that type of message. */
    boolean takes(MessageType type);

    /** Returns the only length that a message of a type can have, if there is one. */
    OptionalInt exactLength(MessageType type);

    /** Signs a message that fits. */
    byte[] sign(PrivateKey key, MessageType type, byte[] message) throws GeneralSecurityException;

    /**
     * Returns whether a signature of a message that fits is good.
     *
     * @throws java.security.SignatureException if it is garbage, unless that is answered by false
     */
    boolean isValid(PublicKey key, MessageType type, byte[] message, byte[] signature) throws GeneralSecurityException;
}

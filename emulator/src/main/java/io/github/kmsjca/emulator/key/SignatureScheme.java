package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.OptionalInt;

/** The mathematics of a signing algorithm: what it takes, and the engine that signs. */
sealed interface SignatureScheme permits DigestScheme {

    /** Returns whether requests may send that type of message. */
    boolean takes(MessageType type);

    /** Returns the only length that a message of a type can have, if there is one. */
    OptionalInt exactLength(MessageType type);

    /** Returns what the engine signs for a message. */
    byte[] engineInput(MessageType type, byte[] message);

    /** Returns a new engine. */
    Signature engine() throws GeneralSecurityException;
}

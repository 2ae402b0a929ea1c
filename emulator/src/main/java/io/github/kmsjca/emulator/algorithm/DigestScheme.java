package io.github.kmsjca.emulator.algorithm;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.OptionalInt;

/** A scheme that signs the digest of a message. The client can send the digest instead of the message. */
record DigestScheme(Digest digest, DigestEncoding encoding) implements EngineScheme {

    @Override
    public boolean accepts(MessageType type) {
        return type == MessageType.RAW || type == MessageType.DIGEST;
    }

    @Override
    public OptionalInt exactLength(MessageType type) {
        return type == MessageType.DIGEST ? OptionalInt.of(digest.length()) : OptionalInt.empty();
    }

    @Override
    public byte[] engineInput(MessageType type, byte[] message) {
        return encoding.engineInput(digest, type == MessageType.RAW ? digest.hash(message) : message);
    }

    @Override
    public Signature engine(MessageType type) throws GeneralSecurityException {
        return encoding.engine(digest);
    }
}

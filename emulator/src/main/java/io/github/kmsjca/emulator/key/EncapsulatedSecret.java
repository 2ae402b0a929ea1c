package io.github.kmsjca.emulator.key;

/** A secret, and the ciphertext from which only a private key gets it back. */
// carries bytes from one place to another and is never compared
@SuppressWarnings("ArrayRecordComponent")
public record EncapsulatedSecret(byte[] secret, byte[] ciphertext) {}

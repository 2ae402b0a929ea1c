package io.github.kmsjca.internal.client;

/** A message and a MAC to verify. The bytes are neither copied nor changed. */
// never compared, and a copy has no use
@SuppressWarnings("ArrayRecordComponent")
public record MessageWithMac(byte[] message, byte[] mac) {}

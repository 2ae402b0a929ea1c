package io.github.kmsjca.internal.client;

/** A message and what is said to be its MAC. The bytes are neither copied nor changed. */
// never compared, and a copy would serve nobody
@SuppressWarnings("ArrayRecordComponent")
public record MessageWithMac(byte[] message, byte[] mac) {}

package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.MessageType;

/**
 * The input for a KMS signature or verification. The bytes are neither copied nor changed.
 *
 * @param algorithm the KMS {@code SigningAlgorithm}
 * @param type what the bytes of {@code message} are
 */
// never compared, and a copy would slow down every signature
@SuppressWarnings("ArrayRecordComponent")
public record SigningInput(String algorithm, MessageType type, byte[] message) {}

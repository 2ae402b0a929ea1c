package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.MessageType;

/**
 * What KMS is asked to sign or verify. The bytes are neither copied nor changed.
 *
 * @param algorithm the {@code SigningAlgorithm} of KMS
 * @param type whether {@code message} is the message or its digest
 */
// never compared, and a copy would cost on the path of every signature
@SuppressWarnings("ArrayRecordComponent")
public record SigningInput(String algorithm, MessageType type, byte[] message) {}

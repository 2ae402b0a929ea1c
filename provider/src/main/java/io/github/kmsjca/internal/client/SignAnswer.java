package io.github.kmsjca.internal.client;

/**
 * A signature and the key that made it (KMS API {@code Sign}).
 *
 * @param key the key ARN
 * @param signature the signature as KMS returns it: DER for ECDSA, a number as long as the modulus for RSA
 */
// never compared
@SuppressWarnings("ArrayRecordComponent")
public record SignAnswer(String key, byte[] signature) {}

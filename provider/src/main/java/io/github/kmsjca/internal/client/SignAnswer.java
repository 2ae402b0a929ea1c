package io.github.kmsjca.internal.client;

/**
 * A signature and the key that made it (KMS API {@code Sign}).
 *
 * @param key the key ARN
 * @param signature the signature as KMS returns it; for ECDSA in DER, for RSA with the length of the modulus
 */
// never compared
@SuppressWarnings("ArrayRecordComponent")
public record SignAnswer(String key, byte[] signature) {}

package io.github.kmsjca.conformance;

import java.security.PrivateKey;
import java.security.spec.X509EncodedKeySpec;

/**
 * A key pair in the service under test ({@link Target}): its key spec and ARN, the provider's handle to it, and the
 * SubjectPublicKeyInfo that the service returned (RFC 5280 §4.1.2.7).
 */
public record TargetKey(String spec, String arn, PrivateKey handle, X509EncodedKeySpec publicKey) {}

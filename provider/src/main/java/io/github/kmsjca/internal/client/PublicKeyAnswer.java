package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;

/**
 * What KMS tells of a key pair (KMS API {@code GetPublicKey}).
 *
 * @param arn the key ARN, whatever the key was asked by
 * @param publicKey a SubjectPublicKeyInfo, RFC 5280 §4.1
 * @param keySpec the key spec as the service spells it, perhaps one that this version does not know
 * @param keyUsage the key usage as the service spells it
 */
// never compared
@SuppressWarnings("ArrayRecordComponent")
public record PublicKeyAnswer(KeyId arn, byte[] publicKey, String keySpec, String keyUsage) {}

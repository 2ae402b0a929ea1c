package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import java.util.Optional;

/**
 * The public key of a key pair (KMS API {@code GetPublicKey}).
 *
 * @param arn the key ARN, even if the request used another identifier
 * @param publicKey a SubjectPublicKeyInfo, RFC 5280 §4.1
 * @param keySpec the key spec as KMS spells it, even one that {@code KeySpec} does not contain; empty if the answer
 *     does not say
 * @param keyUsage the key usage as KMS spells it
 */
// never compared
@SuppressWarnings("ArrayRecordComponent")
public record PublicKeyAnswer(KeyId arn, byte[] publicKey, Optional<String> keySpec, String keyUsage) {}

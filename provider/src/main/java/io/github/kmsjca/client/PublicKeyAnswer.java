package io.github.kmsjca.client;

import software.amazon.awssdk.services.kms.model.KeyUsageType;

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
public record PublicKeyAnswer(String arn, byte[] publicKey, String keySpec, String keyUsage) {
    /** The key usage of keys that sign. */
    public static final String SIGNING = KeyUsageType.SIGN_VERIFY.toString();

    /** Returns whether the key is for signatures. */
    public boolean canSign() {
        return keyUsage.equals(SIGNING);
    }
}

package io.github.kmsjca.key;

import javax.crypto.SecretKey;

/**
 * An HMAC key in AWS KMS.
 *
 * <p>Two of them are equal if their identifiers are equal. They cannot be serialized.
 */
public interface KmsSecretKey extends KmsKey, SecretKey {
    /**
     * Returns whether a MAC is that of a message, as KMS sees it (KMS API {@code VerifyMac}). It sends one request, which
     * CloudTrail records.
     *
     * @param message 1 to 4,096 bytes
     * @return false, without a request, if {@code mac} has the wrong length
     * @throws KmsException if KMS refuses
     * @throws java.security.ProviderException if the message is empty or longer than 4,096 bytes
     */
    boolean verifyMac(byte[] message, byte[] mac);
}

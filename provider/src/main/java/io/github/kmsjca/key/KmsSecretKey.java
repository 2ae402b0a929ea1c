package io.github.kmsjca.key;

import javax.crypto.SecretKey;

/**
 * A handle to an HMAC key in KMS.
 *
 * <p>Two handles are equal if their identifiers are equal. A handle cannot be serialized.
 */
public interface KmsSecretKey extends KmsKey, SecretKey {
    /**
     * Verifies a MAC in KMS (KMS API {@code VerifyMac}). Makes one KMS call, which CloudTrail records.
     *
     * @param message the message, of 1 to 4,096 bytes
     * @param mac the MAC to verify
     * @return whether KMS accepts the MAC; false, without a request, if {@code mac} has the wrong length
     * @throws KmsException if the KMS call fails
     * @throws java.security.ProviderException if the message is empty or longer than 4,096 bytes
     */
    boolean verifyMac(byte[] message, byte[] mac);
}

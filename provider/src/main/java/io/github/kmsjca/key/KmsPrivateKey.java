package io.github.kmsjca.key;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A handle to the private key of a KMS key pair. An RSA handle also implements {@code RSAKey}, an EC handle
 * {@code ECKey}, and an Ed25519 handle {@code EdECKey}. No handle returns private key material.
 *
 * <p>Two handles are equal if their identifiers and public keys are equal. A handle cannot be serialized.
 */
public interface KmsPrivateKey extends KmsKey, PrivateKey {
    /**
     * Returns the public key. It is equal to the key that the JDK creates from the same encoding.
     *
     * <p>The settings {@code verify} and {@code encrypt} apply to this object, and OAEP with this object uses
     * parameters that KMS supports. An equal public key from another source does not have these two effects.
     *
     * @return the public key, which can be serialized
     */
    PublicKey publicKey();
}

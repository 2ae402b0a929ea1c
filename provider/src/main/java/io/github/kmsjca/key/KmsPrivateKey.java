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
     * <p>Use this object rather than an equal public key from another source, such as a certificate. The settings
     * {@code verify} and {@code encrypt} apply only to this object. With this object, the default parameters of OAEP
     * are those that KMS supports: the same hash for MGF1, and no label. The JDK's default for MGF1 is SHA-1, whatever
     * the other hash is. KMS can decrypt the result only if the other hash is SHA-1 too.
     *
     * @return the public key, which can be serialized
     */
    PublicKey publicKey();
}

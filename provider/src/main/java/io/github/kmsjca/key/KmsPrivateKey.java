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
     * are those that KMS supports: MGF1 has the same hash as OAEP itself, and there is no label. With any other object,
     * the JDK's default for MGF1 is SHA-1, whatever the hash of OAEP is. KMS can decrypt such a ciphertext only if the
     * hash of OAEP is SHA-1 too.
     *
     * @return the public key, which can be serialized
     */
    PublicKey publicKey();
}

package io.github.kmsjca.key;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * The private key of a key pair in AWS KMS. It has the JDK's interface of its kind too ({@code RSAKey}, {@code ECKey},
 * {@code EdECKey}), but none that promises private numbers.
 *
 * <p>Two of them are equal if identifier and public key are equal. They cannot be serialized.
 */
public interface KmsPrivateKey extends KmsKey, PrivateKey {
    /**
     * Returns the public key. It is equal to the key that the JDK makes of the same encoding, and bound to this key: the
     * settings {@code verify} and {@code encrypt} apply to it, and OAEP with it is what KMS decrypts.
     */
    PublicKey publicKey();
}

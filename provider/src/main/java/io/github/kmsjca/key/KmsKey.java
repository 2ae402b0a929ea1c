package io.github.kmsjca.key;

import java.security.PublicKey;
import java.util.Optional;

/**
 * A key pair whose private key stays in AWS KMS. The private keys of the provider implement it, so that programs can
 * learn which key they hold: {@code ((KmsKey) privateKey).publicKey()}. Implementations are immutable and thread-safe; no method calls KMS.
 */
public interface KmsKey {
    /** Returns the identifier that requests name the key by: its ARN, or what the keystore file says. */
    String keyId();

    /** Returns the key spec as KMS spells it, such as {@code ECC_NIST_P256}. */
    String keySpec();

    /**
     * Returns what the key was made for as KMS spells it, such as {@code SIGN_VERIFY}, or empty while only a
     * certificate has told of the key.
     */
    Optional<String> keyUsage();

    /**
     * Returns the public key. It is equal to the key that the JDK makes of the same encoding, and bound to this key: to
     * it the settings {@code verify} and {@code encrypt} apply.
     */
    PublicKey publicKey();
}

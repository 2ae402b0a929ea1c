package io.github.kmsjca.key;

import java.security.Key;
import java.util.Optional;

/**
 * A key in AWS KMS. The key itself never leaves the service: {@link #getEncoded} and {@link #getFormat} return null.
 *
 * <p>Implementations come from the provider, are immutable and thread-safe. No method calls KMS, unless its text says so.
 */
public interface KmsKey extends Key {
    /** Returns the identifier that requests name the key by: its ARN, or what the keystore file says. */
    String keyId();

    /** Returns the key spec as KMS spells it, such as {@code ECC_NIST_P256}. */
    String keySpec();

    /**
     * Returns what the key was made for as KMS spells it, such as {@code SIGN_VERIFY}. It is empty while only a
     * certificate is known, which does not say it.
     */
    Optional<String> keyUsage();
}

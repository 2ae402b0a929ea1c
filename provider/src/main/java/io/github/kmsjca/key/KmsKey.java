package io.github.kmsjca.key;

import java.security.Key;
import java.util.Optional;

/**
 * A handle to a KMS key. The key itself never leaves KMS: {@link #getEncoded} and {@link #getFormat} return null.
 *
 * <p>Only the provider implements this interface. Handles are immutable and thread-safe. No method calls KMS unless its
 * description says so.
 */
public interface KmsKey extends Key {
    /**
     * Returns the identifier of the key. Requests can name the key in another way, for example by its alias.
     *
     * @return the key ARN; for a keystore file entry with a certificate, the identifier in the file
     */
    String keyId();

    /**
     * Returns the key spec.
     *
     * @return the key spec as KMS spells it, such as {@code ECC_NIST_P256}
     */
    String keySpec();

    /**
     * Returns the key usage: what the key was created for.
     *
     * @return the key usage as KMS spells it, such as {@code SIGN_VERIFY}; empty if the provider knows the key only
     *     from a certificate, which does not contain the usage, or if this version does not know the usage
     */
    Optional<String> keyUsage();
}

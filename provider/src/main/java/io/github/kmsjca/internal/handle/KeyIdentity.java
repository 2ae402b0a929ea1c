package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a key.
 *
 * @param id the identifier that requests use
 * @param spec the key spec
 * @param usage the key usage; null if only a certificate is known, or if this version does not know the usage that KMS
 *     reported
 */
public record KeyIdentity(KeyId id, KeySpec spec, @Nullable KeyUsage usage) {
    @Override
    public String toString() {
        boolean isUsual = usage == null || usage == KeyUsage.SIGN_VERIFY;
        return "KMS key " + id + " (" + spec + (isUsual ? "" : " for " + usage) + ")";
    }
}

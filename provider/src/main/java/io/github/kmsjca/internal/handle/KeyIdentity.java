package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Which key it is.
 *
 * @param id the identifier that requests name it by
 * @param spec what it is made of
 * @param usage what it was made for, as KMS says; null while only a certificate is known
 */
public record KeyIdentity(KeyId id, KeySpec spec, @Nullable KeyUsage usage) {
    @Override
    public String toString() {
        boolean isUsual = usage == null || usage == KeyUsage.SIGN_VERIFY;
        return "KMS key " + id + " (" + spec + (isUsual ? "" : " for " + usage) + ")";
    }
}

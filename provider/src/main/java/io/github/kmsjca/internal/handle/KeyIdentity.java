package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.client.KeyReference;
import io.github.kmsjca.internal.config.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * What a handle to a key pair knows about the key pair, apart from the public key.
 *
 * @param id the key ARN, or the identifier from a keystore file
 * @param reference the name of the key in requests
 * @param source where the public key comes from
 * @param spec the key spec
 * @param usage the key usage; null if only a certificate is known, or if this version does not know the usage that KMS
 *     reported
 */
public record KeyIdentity(
        KeyId id,
        KeyReference reference,
        Source source,
        KeySpec spec,
        @Nullable KeyUsage usage) {

    /** Where the public key of a handle comes from. */
    public enum Source {
        /** A KMS answer. */
        KMS,
        /** A certificate, which may belong to another key. */
        CERTIFICATE
    }

    /** Returns this identity with another name of the key in requests. */
    KeyIdentity with(KeyReference other) {
        return new KeyIdentity(id, other, source, spec, usage);
    }

    @Override
    public String toString() {
        String purpose = usage == null || usage == KeyUsage.SIGN_VERIFY ? "" : " for " + usage;
        return "KMS key " + id + " (" + spec + purpose + ")";
    }
}

package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;

/** How key material of a spec is made and read back. */
sealed interface KeyKind permits CurveKeys, NamedKeys, RsaKeys, SecretKeys {

    /** Returns whether such keys are key pairs. */
    default boolean isAsymmetric() {
        return true;
    }

    /** Makes new key material. */
    KeyMaterial generate();

    /**
     * Restores key material that was saved.
     *
     * @throws GeneralSecurityException if the bytes are not key material of this kind
     */
    KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException;
}

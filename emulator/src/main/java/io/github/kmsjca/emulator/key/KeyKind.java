package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.util.Optional;

/** How key material of a spec is made and read back. */
sealed interface KeyKind permits CurveKeys, NamedKeys, RsaKeys, SecretKeys {

    /** Returns whether such keys are key pairs. */
    default boolean isAsymmetric() {
        return true;
    }

    /** Makes new key material. */
    KeyMaterial generate();

    /** Returns whether the emulator can import such keys. */
    default boolean isImportable() {
        return true;
    }

    /**
     * Returns what imported key material lacks: SubjectPublicKeyInfo of a key pair, of which PKCS #8 is imported.
     *
     * @throws GeneralSecurityException if the bytes are not the secret of a key of this kind
     */
    Optional<byte[]> publicKeyOf(byte[] secret) throws GeneralSecurityException;

    /**
     * Restores key material that was saved.
     *
     * @throws GeneralSecurityException if the bytes are not key material of this kind
     */
    KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException;
}

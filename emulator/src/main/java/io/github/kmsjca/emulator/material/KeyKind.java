package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.util.Optional;

/** How key material of a spec is made and read back. */
public sealed interface KeyKind permits CurveKeys, NamedKeys, RsaKeys, SecretKeys {

    /** Returns whether such keys are key pairs. */
    default boolean isAsymmetric() {
        return true;
    }

    /** Returns the kind of key pairs on an elliptic curve. */
    static KeyKind curve(String name) {
        return new CurveKeys(name);
    }

    /** Returns the kind of key pairs that the name of an algorithm defines completely. */
    static KeyKind named(String algorithm) {
        return new NamedKeys(algorithm);
    }

    /** Returns the kind of RSA key pairs with a modulus of some bits. */
    static KeyKind rsa(int bits) {
        return new RsaKeys(bits);
    }

    /** Returns the kind of symmetric keys of some bits. */
    static KeyKind secret(String algorithm, int bits) {
        return new SecretKeys(algorithm, bits);
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

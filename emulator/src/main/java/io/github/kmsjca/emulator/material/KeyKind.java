package io.github.kmsjca.emulator.material;

import java.security.GeneralSecurityException;
import java.util.Optional;

/** A kind of key: how its key material is generated and read. */
public sealed interface KeyKind permits CurveKeys, NamedKeys, RsaKeys, SecretKeys {

    /** Returns whether keys of this kind are key pairs. */
    default boolean isAsymmetric() {
        return true;
    }

    /** Returns the kind of key pairs on an elliptic curve. */
    static KeyKind curve(String name) {
        return new CurveKeys(name);
    }

    /** Returns the kind of key pairs of an algorithm whose name also defines all parameters, such as Ed25519. */
    static KeyKind named(String algorithm) {
        return new NamedKeys(algorithm);
    }

    /** Returns the kind of RSA key pairs with a modulus of this many bits. */
    static KeyKind rsa(int bits) {
        return new RsaKeys(bits);
    }

    /** Returns the kind of symmetric keys of this many bits, for a JCA algorithm such as AES. */
    static KeyKind secret(String algorithm, int bits) {
        return new SecretKeys(algorithm, bits);
    }

    /** Generates key material. */
    KeyMaterial generate();

    /** Returns whether the emulator can import keys of this kind. */
    default boolean isImportable() {
        return true;
    }

    /**
     * Returns the SubjectPublicKeyInfo of the public key that belongs to a private key, or empty for a symmetric key.
     * Does not check the size of the key; {@link #restore} checks it.
     *
     * @param secret the PKCS #8 of the private key, or the bytes of the symmetric key
     * @throws GeneralSecurityException if the public key cannot be computed from the bytes of the private key, or keys
     *     of this kind cannot be imported
     */
    Optional<byte[]> publicKeyOf(byte[] secret) throws GeneralSecurityException;

    /**
     * Restores saved key material.
     *
     * @throws GeneralSecurityException if the bytes are not key material of this kind
     */
    KeyMaterial restore(EncodedMaterial encoded) throws GeneralSecurityException;
}

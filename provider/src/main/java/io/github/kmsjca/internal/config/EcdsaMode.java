package io.github.kmsjca.internal.config;

/** Which digests an ECDSA key signs. */
public enum EcdsaMode {
    /** Any digest, cut or padded to the length of the curve. */
    FIT,
    /** Only the digest that KMS pairs with the curve. */
    STRICT,
}

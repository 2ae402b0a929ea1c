package io.github.kmsjca.internal.config;

/** Which digests an ECDSA key signs. */
public enum EcdsaMode {
    /** Any digest. The provider cuts or pads it to the length that KMS requires for the curve. */
    FIT,
    /** Only the digest that KMS pairs with the curve. */
    STRICT,
}

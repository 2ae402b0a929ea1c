package io.github.kmsjca.algorithm;

import java.util.Arrays;
import java.util.Optional;

/**
 * A key spec of KMS: what a key is made of. Constants are spelled as the service spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html">KMS API CreateKey, KeySpec</a>
 */
public enum KeySpec {
    RSA_2048(2048),
    RSA_3072(3072),
    RSA_4096(4096),
    ECC_NIST_P256(Curve.P256),
    ECC_NIST_P384(Curve.P384),
    ECC_NIST_P521(Curve.P521),
    ECC_SECG_P256K1(Curve.P256K1);

    private final KeyFamily family;
    private final int bits;
    private final Optional<Curve> curve;

    KeySpec(int modulusBits) {
        this.family = KeyFamily.RSA;
        this.bits = modulusBits;
        this.curve = Optional.empty();
    }

    KeySpec(Curve curve) {
        this.family = KeyFamily.EC;
        this.bits = curve.bits();
        this.curve = Optional.of(curve);
    }

    /** Returns the spec that the service calls {@code name}, or empty for one that this version does not know. */
    public static Optional<KeySpec> named(String name) {
        return Arrays.stream(values()).filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** Returns the spec of RSA keys with a modulus of {@code bits} bits, or empty if KMS has none. */
    public static Optional<KeySpec> rsa(int bits) {
        return Arrays.stream(values())
                .filter(spec -> spec.family == KeyFamily.RSA && spec.bits == bits)
                .findFirst();
    }

    /** Returns the spec of keys on the curve with a name or object identifier, or empty if KMS has none. */
    public static Optional<KeySpec> onCurve(String nameOrOid) {
        return Arrays.stream(values())
                .filter(spec -> spec.curve.filter(curve -> curve.is(nameOrOid)).isPresent())
                .findFirst();
    }

    /** Returns the kind of key pair. */
    public KeyFamily family() {
        return family;
    }

    /** Returns the length of the RSA modulus or of the field of the curve, in bits. */
    public int bits() {
        return bits;
    }

    /** Returns the curve of an elliptic-curve key, or empty for other keys. */
    public Optional<Curve> curve() {
        return curve;
    }
}

package io.github.kmsjca.algorithm;

import java.util.Arrays;
import java.util.Optional;

/**
 * A key spec of KMS: what a key is made of. Constants are spelled as the service spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html">KMS API CreateKey, KeySpec</a>
 */
public enum KeySpec {
    RSA_2048(KeyFamily.RSA, 2048),
    RSA_3072(KeyFamily.RSA, 3072),
    RSA_4096(KeyFamily.RSA, 4096),
    ECC_NIST_P256("secp256r1", "1.2.840.10045.3.1.7", 256, Digest.SHA_256),
    ECC_NIST_P384("secp384r1", "1.3.132.0.34", 384, Digest.SHA_384),
    ECC_NIST_P521("secp521r1", "1.3.132.0.35", 521, Digest.SHA_512),
    ECC_SECG_P256K1("secp256k1", "1.3.132.0.10", 256, Digest.SHA_256);

    private final KeyFamily family;
    private final int bits;
    private final Optional<Curve> curve;

    KeySpec(KeyFamily family, int bits) {
        this.family = family;
        this.bits = bits;
        this.curve = Optional.empty();
    }

    KeySpec(String curveName, String curveOid, int bits, Digest digest) {
        this.family = KeyFamily.EC;
        this.bits = bits;
        this.curve = Optional.of(new Curve(curveName, curveOid, digest));
    }

    /**
     * A named curve: its name for {@link java.security.spec.ECGenParameterSpec}, its object identifier, and the hash
     * whose output KMS signs with it.
     */
    public record Curve(String name, String oid, Digest digest) {}

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
                .filter(spec -> spec.curve
                        .filter(c -> c.name.equals(nameOrOid) || c.oid.equals(nameOrOid))
                        .isPresent())
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

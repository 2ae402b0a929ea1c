package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

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
    ECC_SECG_P256K1(Curve.P256K1),
    ECC_NIST_EDWARDS25519(255, "Ed25519", "1.3.101.112", 64),
    ML_DSA_44("ML-DSA-44", "2.16.840.1.101.3.4.3.17", 2420),
    ML_DSA_65("ML-DSA-65", "2.16.840.1.101.3.4.3.18", 3309),
    ML_DSA_87("ML-DSA-87", "2.16.840.1.101.3.4.3.19", 4627),
    ML_KEM_512(KeyFamily.ML_KEM, "ML-KEM-512", "2.16.840.1.101.3.4.4.1"),
    ML_KEM_768(KeyFamily.ML_KEM, "ML-KEM-768", "2.16.840.1.101.3.4.4.2"),
    ML_KEM_1024(KeyFamily.ML_KEM, "ML-KEM-1024", "2.16.840.1.101.3.4.4.3"),
    SM2(KeyFamily.SM2, Curve.SM2),
    HMAC_224(KeyFamily.HMAC, 224),
    HMAC_256(KeyFamily.HMAC, 256),
    HMAC_384(KeyFamily.HMAC, 384),
    HMAC_512(KeyFamily.HMAC, 512);

    private final KeyFamily family;
    private final OptionalInt bits;
    private final OptionalInt signatureLength;
    private final Optional<String> parameters;
    private final Optional<String> oid;
    private final Optional<Curve> curve;

    KeySpec(int modulusBits) {
        this.family = KeyFamily.RSA;
        this.bits = OptionalInt.of(modulusBits);
        this.signatureLength = OptionalInt.of(modulusBits / Byte.SIZE);
        this.parameters = Optional.empty();
        this.oid = Optional.empty();
        this.curve = Optional.empty();
    }

    KeySpec(Curve curve) {
        this(KeyFamily.EC, curve);
    }

    KeySpec(KeyFamily family, Curve curve) {
        this.family = family;
        this.bits = OptionalInt.of(curve.bits());
        this.signatureLength = OptionalInt.empty();
        this.parameters = Optional.of(curve.jcaName());
        this.oid = Optional.of(curve.oid());
        this.curve = Optional.of(curve);
    }

    KeySpec(int bits, String parameters, String oid, int signatureLength) {
        this(KeyFamily.EDDSA, OptionalInt.of(bits), parameters, oid, OptionalInt.of(signatureLength));
    }

    KeySpec(String parameters, String oid, int signatureLength) {
        this(KeyFamily.ML_DSA, OptionalInt.empty(), parameters, oid, OptionalInt.of(signatureLength));
    }

    KeySpec(KeyFamily family, String parameters, String oid) {
        this(family, OptionalInt.empty(), parameters, oid, OptionalInt.empty());
    }

    KeySpec(KeyFamily family, OptionalInt bits, String parameters, String oid, OptionalInt signatureLength) {
        this.family = family;
        this.bits = bits;
        this.signatureLength = signatureLength;
        this.parameters = Optional.of(parameters);
        this.oid = Optional.of(oid);
        this.curve = Optional.empty();
    }

    /** Makes the spec of a secret key. */
    KeySpec(KeyFamily family, int bits) {
        this.family = family;
        this.bits = OptionalInt.of(bits);
        this.signatureLength = OptionalInt.empty();
        this.parameters = Optional.empty();
        this.oid = Optional.empty();
        this.curve = Optional.empty();
    }

    /** Returns the spec that the service calls {@code name}, or empty for one that this version does not know. */
    public static Optional<KeySpec> named(String name) {
        return Arrays.stream(values()).filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** Returns the spec of RSA keys with a modulus of {@code bits} bits, or empty if KMS has none. */
    public static Optional<KeySpec> rsa(int bits) {
        return Arrays.stream(values())
                .filter(spec -> spec.family == KeyFamily.RSA && spec.hasBits(bits))
                .findFirst();
    }

    /**
     * Returns the spec of keys with an object identifier, or empty if KMS has none: that of the curve, or where there
     * is no choice of parameters that of the algorithm.
     */
    public static Optional<KeySpec> identified(String oid) {
        return Arrays.stream(values())
                .filter(spec -> spec.oid.filter(oid::equals).isPresent())
                .findFirst();
    }

    /** Returns the spec of keys with parameters of a name or object identifier, such as {@code secp256r1}, if KMS has it. */
    public static Optional<KeySpec> withParameters(String nameOrOid) {
        return Arrays.stream(values())
                .filter(spec -> spec.parameters.filter(nameOrOid::equals).isPresent())
                .findFirst()
                .or(() -> identified(nameOrOid));
    }

    /** Returns the kind of key. */
    public KeyFamily family() {
        return family;
    }

    /** Returns the name of the parameters, such as {@code Ed25519}, or empty for RSA and secret keys. */
    public Optional<String> parameters() {
        return parameters;
    }

    /** Returns the length of the RSA modulus, the field of the curve or the secret key in bits, where there is one. */
    public OptionalInt bits() {
        return bits;
    }

    /** Returns whether the RSA modulus, the field of the curve or the secret key has a length in bits. */
    public boolean hasBits(int number) {
        return bits.isPresent() && bits.getAsInt() == number;
    }

    /** Returns the object identifier of the parameters, in dotted form, or empty for RSA and secret keys. */
    Optional<String> oid() {
        return oid;
    }

    /** Returns the length of signatures in bytes, or empty where it varies. */
    public OptionalInt signatureLength() {
        return signatureLength;
    }

    /** Returns the curve of an elliptic-curve key, or empty for other keys. */
    public Optional<Curve> curve() {
        return curve;
    }
}

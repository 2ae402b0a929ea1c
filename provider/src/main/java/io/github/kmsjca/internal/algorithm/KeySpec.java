package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A KMS key spec: the type and size of a key. Constants are spelled as KMS spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html">KMS API CreateKey, KeySpec</a>
 */
public enum KeySpec {
    RSA_2048(KeyFacts.rsa(2048)),
    RSA_3072(KeyFacts.rsa(3072)),
    RSA_4096(KeyFacts.rsa(4096)),
    ECC_NIST_P256(KeyFacts.ec(Curve.P256)),
    ECC_NIST_P384(KeyFacts.ec(Curve.P384)),
    ECC_NIST_P521(KeyFacts.ec(Curve.P521)),
    ECC_SECG_P256K1(KeyFacts.ec(Curve.P256K1)),
    ECC_NIST_EDWARDS25519(KeyFacts.edwards("Ed25519", "1.3.101.112", 255)),
    ML_DSA_44(KeyFacts.mlDsa("ML-DSA-44", "2.16.840.1.101.3.4.3.17", 2420, 1312)),
    ML_DSA_65(KeyFacts.mlDsa("ML-DSA-65", "2.16.840.1.101.3.4.3.18", 3309, 1952)),
    ML_DSA_87(KeyFacts.mlDsa("ML-DSA-87", "2.16.840.1.101.3.4.3.19", 4627, 2592)),
    ML_KEM_512(KeyFacts.mlKem("ML-KEM-512", "2.16.840.1.101.3.4.4.1")),
    ML_KEM_768(KeyFacts.mlKem("ML-KEM-768", "2.16.840.1.101.3.4.4.2")),
    ML_KEM_1024(KeyFacts.mlKem("ML-KEM-1024", "2.16.840.1.101.3.4.4.3")),
    SM2(KeyFacts.sm2(Curve.SM2)),
    HMAC_224(KeyFacts.hmac(224)),
    HMAC_256(KeyFacts.hmac(256)),
    HMAC_384(KeyFacts.hmac(384)),
    HMAC_512(KeyFacts.hmac(512));

    // a record of enums, numbers and strings is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final KeyFacts facts;

    KeySpec(KeyFacts facts) {
        this.facts = facts;
    }

    /** Returns the spec with the given KMS name; empty if this version does not know the name. */
    public static Optional<KeySpec> named(String name) {
        return Arrays.stream(values()).filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** Returns the spec of RSA keys with a modulus of {@code bits} bits; empty if KMS has none. */
    public static Optional<KeySpec> rsa(int bits) {
        return Arrays.stream(values())
                .filter(spec -> spec.family() == KeyFamily.RSA && spec.hasBits(bits))
                .findFirst();
    }

    /**
     * Returns the spec whose curve or parameter set has the given object identifier, in dotted form; empty if KMS has
     * no such key spec.
     */
    public static Optional<KeySpec> withOid(String oid) {
        return Arrays.stream(values())
                .filter(spec -> oid.equals(spec.facts.oid()))
                .findFirst();
    }

    /**
     * Returns the spec whose curve or parameter set has the given JCA name, such as {@code secp256r1}, or the given
     * object identifier; empty if KMS has no such key spec.
     */
    public static Optional<KeySpec> withParameters(String nameOrOid) {
        return Arrays.stream(values())
                .filter(spec -> nameOrOid.equals(spec.facts.parameters()))
                .findFirst()
                .or(() -> withOid(nameOrOid));
    }

    /** Returns the family of the key spec. */
    public KeyFamily family() {
        return facts.family();
    }

    /** Returns the JCA name of the curve or parameter set, such as {@code Ed25519}; empty for RSA and secret keys. */
    public Optional<String> parameters() {
        return Optional.ofNullable(facts.parameters());
    }

    /** Returns whether the RSA modulus, the curve's field or the secret key has this length in bits. */
    public boolean hasBits(int bits) {
        // in the facts, 0 means that there is no length
        return bits != 0 && facts.bits() == bits;
    }

    /**
     * Returns the length of the RSA modulus, of the curve's field or of the secret key, in whole bytes.
     *
     * @throws ProviderBug if keys of this spec have no such length
     */
    public int byteLength() {
        if (facts.bits() == 0) {
            throw new ProviderBug("keys of " + this + " have no length in bits");
        }
        return KeyFacts.bytes(facts.bits());
    }

    /** Returns the object identifier of the curve or parameter set, in dotted form; empty for RSA and secret keys. */
    Optional<String> oid() {
        return Optional.ofNullable(facts.oid());
    }

    /** Returns the length of signatures in bytes; empty if it varies or keys of this spec do not sign. */
    public OptionalInt signatureLength() {
        return facts.signatureLength() == 0 ? OptionalInt.empty() : OptionalInt.of(facts.signatureLength());
    }

    /**
     * Returns the length in bytes of the field {@code subjectPublicKey} (RFC 5280 §4.1.2.7), without tag and length;
     * empty if only the parser of the key checks the field.
     */
    public OptionalInt publicKeyLength() {
        return facts.publicKeyLength() == 0 ? OptionalInt.empty() : OptionalInt.of(facts.publicKeyLength());
    }

    /** Returns the curve of the families EC and SM2; empty for other families, also for EdDSA. */
    public Optional<Curve> curve() {
        return Optional.ofNullable(facts.curve());
    }

    /** Returns whether every supported JDK reads public keys of this spec and verifies with them. */
    public boolean isSupportedByEveryJdk() {
        Curve curve = facts.curve();
        return family().isSupportedByEveryJdk() && (curve == null || curve.isSupportedByEveryJdk());
    }
}

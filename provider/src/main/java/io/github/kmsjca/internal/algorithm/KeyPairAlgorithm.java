package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The KeyPairGenerators of the provider, one row each. */
public enum KeyPairAlgorithm {
    RSA("RSA", KeyFamily.RSA, KeySpec.RSA_3072),
    EC("EC", KeyFamily.EC, KeySpec.ECC_NIST_P256),
    EDDSA("EdDSA", KeyFamily.EDDSA, KeySpec.ECC_NIST_EDWARDS25519),
    ED25519("Ed25519", KeySpec.ECC_NIST_EDWARDS25519),
    ML_DSA("ML-DSA", KeyFamily.ML_DSA, KeySpec.ML_DSA_65),
    ML_DSA_44("ML-DSA-44", KeySpec.ML_DSA_44),
    ML_DSA_65("ML-DSA-65", KeySpec.ML_DSA_65),
    ML_DSA_87("ML-DSA-87", KeySpec.ML_DSA_87),
    ML_KEM("ML-KEM", KeyFamily.ML_KEM, KeySpec.ML_KEM_768),
    ML_KEM_512("ML-KEM-512", KeySpec.ML_KEM_512),
    ML_KEM_768("ML-KEM-768", KeySpec.ML_KEM_768),
    ML_KEM_1024("ML-KEM-1024", KeySpec.ML_KEM_1024);

    private final String jcaName;
    private final KeyFamily family;
    private final KeySpec usual;
    private final boolean fixed;

    KeyPairAlgorithm(String jcaName, KeyFamily family, KeySpec usual) {
        this.jcaName = jcaName;
        this.family = family;
        this.usual = usual;
        this.fixed = false;
    }

    KeyPairAlgorithm(String jcaName, KeySpec only) {
        this.jcaName = jcaName;
        this.family = only.family();
        this.usual = only;
        this.fixed = true;
    }

    /** Returns the name under which the provider publishes the row. */
    public String jcaName() {
        return jcaName;
    }

    /** Returns the key spec of which keys are made when nothing is said. */
    public KeySpec usual() {
        return usual;
    }

    /** Returns the key specs of which keys can be made. */
    public Stream<KeySpec> keySpecs() {
        return fixed ? Stream.of(usual) : Arrays.stream(KeySpec.values()).filter(spec -> spec.family() == family);
    }

    /** Returns the key spec of a size in bits, or empty if there is none. */
    public Optional<KeySpec> ofBits(int bits) {
        return keySpecs().filter(spec -> spec.hasBits(bits)).findFirst();
    }
}

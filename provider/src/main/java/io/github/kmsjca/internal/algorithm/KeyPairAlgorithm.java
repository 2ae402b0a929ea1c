package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The KeyPairGenerators of the provider, one row each. */
public enum KeyPairAlgorithm {
    RSA(KeyFamily.RSA, KeySpec.RSA_3072),
    EC(KeyFamily.EC, KeySpec.ECC_NIST_P256),
    EDDSA(KeyFamily.EDDSA, KeySpec.ECC_NIST_EDWARDS25519),
    ED25519(KeySpec.ECC_NIST_EDWARDS25519),
    ML_DSA(KeyFamily.ML_DSA, KeySpec.ML_DSA_65),
    ML_DSA_44(KeySpec.ML_DSA_44),
    ML_DSA_65(KeySpec.ML_DSA_65),
    ML_DSA_87(KeySpec.ML_DSA_87),
    ML_KEM(KeyFamily.ML_KEM, KeySpec.ML_KEM_768),
    ML_KEM_512(KeySpec.ML_KEM_512),
    ML_KEM_768(KeySpec.ML_KEM_768),
    ML_KEM_1024(KeySpec.ML_KEM_1024);

    private final String jcaName;

    /** The family whose key specs the row supports; null if the row supports only its default spec. */
    private final @Nullable KeyFamily family;

    private final KeySpec defaultSpec;

    /** Creates a row for all key specs of a family. */
    KeyPairAlgorithm(KeyFamily family, KeySpec defaultSpec) {
        this.jcaName = family.jcaName();
        this.family = family;
        this.defaultSpec = defaultSpec;
    }

    /** Creates a row for one key spec, with the name of its parameter set. */
    KeyPairAlgorithm(KeySpec onlySpec) {
        this.jcaName = onlySpec.parameters().orElseThrow();
        this.family = null;
        this.defaultSpec = onlySpec;
    }

    /** Returns the name under which the provider publishes the row. */
    public String jcaName() {
        return jcaName;
    }

    /** Returns the default key spec. */
    public KeySpec defaultSpec() {
        return defaultSpec;
    }

    /** Returns the key specs that the generator supports. */
    public Stream<KeySpec> keySpecs() {
        return family == null
                ? Stream.of(defaultSpec)
                : Arrays.stream(KeySpec.values()).filter(spec -> spec.family() == family);
    }

    /** Returns the generator's key spec with the given size in bits; empty if there is none. */
    public Optional<KeySpec> ofBits(int bits) {
        return keySpecs().filter(spec -> spec.hasBits(bits)).findFirst();
    }
}

package io.github.kmsjca.benchmarks;

/**
 * A KMS key that the benchmarks sign with. The name of the constant is the key spec. Like {@link ProviderLoad}, which
 * uses it, this type must not use the SDK, because the one-file jar has the SDK in other packages.
 */
public enum SigningKey {
    RSA_2048("SHA256withRSA/PSS"),
    ECC_NIST_P256("SHA256withECDSA"),
    ECC_NIST_EDWARDS25519("Ed25519"),
    ML_DSA_65("ML-DSA-65");

    private static final String ALIAS_PREFIX = "alias/";

    private final String jcaName;

    SigningKey(String jcaName) {
        this.jcaName = jcaName;
    }

    /** Returns the name of the signature algorithm in the JCA. */
    String jcaName() {
        return jcaName;
    }

    /** Returns the alias of the key in the emulator of {@link KmsProcess}. */
    String alias() {
        return ALIAS_PREFIX + name();
    }
}

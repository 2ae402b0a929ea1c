package io.github.kmsjca.internal.algorithm;

/** A kind of key, under the name that keys and certificates answer with {@link java.security.Key#getAlgorithm}. */
public enum KeyFamily {
    RSA("RSA"),
    EC("EC"),
    EDDSA("EdDSA"),
    ML_DSA("ML-DSA"),
    ML_KEM("ML-KEM"),
    SM2("EC"),
    HMAC("Hmac");

    private final String jcaName;

    KeyFamily(String jcaName) {
        this.jcaName = jcaName;
    }

    /** Returns the JCA name of the key algorithm, such as {@code EC}. */
    public String jcaName() {
        return jcaName;
    }
}

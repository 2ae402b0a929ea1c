package io.github.kmsjca.internal.algorithm;

/** A family of key specs, such as all RSA key specs. */
public enum KeyFamily {
    RSA("RSA", Support.EVERY_JDK),
    EC("EC", Support.EVERY_JDK),
    EDDSA("EdDSA", Support.EVERY_JDK),
    ML_DSA("ML-DSA", Support.SOME_JDK_OR_NONE),
    ML_KEM("ML-KEM", Support.SOME_JDK_OR_NONE),
    SM2("EC", Support.SOME_JDK_OR_NONE),
    HMAC("Hmac", Support.SOME_JDK_OR_NONE);

    private final String jcaName;
    private final Support support;

    /** Whether every supported JDK reads public keys of the family without other providers. */
    private enum Support {
        EVERY_JDK,
        SOME_JDK_OR_NONE
    }

    KeyFamily(String jcaName, Support support) {
        this.jcaName = jcaName;
        this.support = support;
    }

    boolean isSupportedByEveryJdk() {
        return support == Support.EVERY_JDK;
    }

    /** Returns the JCA name of the key algorithm, such as {@code EC}. */
    public String jcaName() {
        return jcaName;
    }
}

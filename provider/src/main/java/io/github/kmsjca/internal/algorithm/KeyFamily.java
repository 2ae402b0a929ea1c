package io.github.kmsjca.internal.algorithm;

/** A family of key specs, such as all RSA key specs. */
public enum KeyFamily {
    RSA("RSA", Support.EVERY_JDK),
    EC("EC", Support.EVERY_JDK),
    EDDSA("EdDSA", Support.EVERY_JDK),
    ML_DSA("ML-DSA", Support.NOT_EVERY_JDK),
    ML_KEM("ML-KEM", Support.NOT_EVERY_JDK),
    SM2("EC", Support.NOT_EVERY_JDK),
    HMAC("Hmac", Support.NOT_EVERY_JDK);

    private final String jcaName;
    private final Support support;

    /**
     * Whether every supported JDK reads public keys of the family without other providers. HMAC keys have no public
     * key.
     */
    private enum Support {
        EVERY_JDK,
        NOT_EVERY_JDK
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

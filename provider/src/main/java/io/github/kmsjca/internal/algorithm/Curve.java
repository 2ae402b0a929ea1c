package io.github.kmsjca.internal.algorithm;

/** A named curve that KMS supports, with the only hash that KMS uses with it. */
public enum Curve {
    P256("secp256r1", "1.2.840.10045.3.1.7", 256, Digest.SHA_256),
    P384("secp384r1", "1.3.132.0.34", 384, Digest.SHA_384),
    P521("secp521r1", "1.3.132.0.35", 521, Digest.SHA_512),
    P256K1("secp256k1", "1.3.132.0.10", 256, Digest.SHA_256),
    SM2("sm2p256v1", "1.2.156.10197.1.301", 256, Digest.SM3);

    private final String jcaName;
    private final String oid;
    private final int bits;
    private final Digest digest;

    Curve(String jcaName, String oid, int bits, Digest digest) {
        this.jcaName = jcaName;
        this.oid = oid;
        this.bits = bits;
        this.digest = digest;
    }

    /** Returns the object identifier, in dotted form. */
    public String oid() {
        return oid;
    }

    /** Returns the name for {@link java.security.spec.ECGenParameterSpec}. */
    public String jcaName() {
        return jcaName;
    }

    /**
     * Returns whether every supported JDK verifies signatures on this curve. Up to Java 25, the JDK reads keys on
     * secp256k1 but cannot verify with them, and it does not support SM2.
     */
    boolean isSupportedByEveryJdk() {
        return this != P256K1 && this != SM2;
    }

    int bits() {
        return bits;
    }

    Digest digest() {
        return digest;
    }
}

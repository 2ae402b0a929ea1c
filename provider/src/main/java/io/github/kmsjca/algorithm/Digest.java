package io.github.kmsjca.algorithm;

/** A hash function, with its names and its output length in bytes. */
public enum Digest {
    SHA_256("SHA-256", "SHA_256", "2.16.840.1.101.3.4.2.1", 32),
    SHA_384("SHA-384", "SHA_384", "2.16.840.1.101.3.4.2.2", 48),
    SHA_512("SHA-512", "SHA_512", "2.16.840.1.101.3.4.2.3", 64);

    private final String jcaName;
    private final String kmsName;
    private final String oid;
    private final int length;

    Digest(String jcaName, String kmsName, String oid, int length) {
        this.jcaName = jcaName;
        this.kmsName = kmsName;
        this.oid = oid;
        this.length = length;
    }

    /** Returns the name that {@link java.security.MessageDigest} knows, such as {@code SHA-256}. */
    public String jcaName() {
        return jcaName;
    }

    /** Returns the object identifier, RFC 8017 appendix B.1, in dotted form. */
    public String oid() {
        return oid;
    }

    /** Returns the output length in bytes. */
    public int length() {
        return length;
    }

    String kmsName() {
        return kmsName;
    }
}

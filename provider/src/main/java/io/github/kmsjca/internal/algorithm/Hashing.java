package io.github.kmsjca.internal.algorithm;

/** Who chooses the hash function of a signature. */
public enum Hashing {
    /** The name of the algorithm. */
    BY_NAME,
    /** The parameters of the algorithm. */
    BY_PARAMETERS,
    /**
     * The caller, who passes a digest instead of the message. For RSASSA-PKCS1-v1_5, the digest is inside a DigestInfo
     * (RFC 8017 §9.2). For PSS, the parameters must name the hash function of the digest.
     */
    BY_CALLER,
    /** The signature scheme, which hashes the message in its own way. */
    BY_SCHEME
}

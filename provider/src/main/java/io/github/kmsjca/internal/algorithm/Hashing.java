package io.github.kmsjca.internal.algorithm;

/** Who says which hash of the message is signed. */
public enum Hashing {
    /** The name of the algorithm does. */
    BY_NAME,
    /** Its parameters do. */
    BY_PARAMETERS,
    /** The caller has hashed the message: what comes is the hash, for RSA inside a DigestInfo (RFC 8017 §9.2). */
    BY_CALLER,
    /** The scheme takes the message itself. */
    BY_SCHEME
}

package io.github.kmsjca.internal.config;

/** Which signatures are verified with the public key before they are returned. The strictest choice comes first. */
public enum VerifyAfterSign {
    /** Every signature. */
    ALWAYS,
    /** The first signature of each key handle, algorithm and message type. */
    FIRST,
    /** No signature. */
    NEVER,
}

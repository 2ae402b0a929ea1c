package io.github.kmsjca.internal.config;

/** Which signatures are checked against the public key before they are returned; the strictest choice comes first. */
public enum VerifyAfterSign {
    /** Every one. */
    ALWAYS,
    /** The first one of each key handle. */
    FIRST,
    /** None. */
    NEVER,
}

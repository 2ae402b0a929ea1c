package io.github.kmsjca.config;

/** Which signatures are checked against the public key before they are returned. */
public enum VerifyAfterSign {
    /** The first one of each key handle. */
    FIRST,
    /** Every one. */
    ALWAYS,
    /** None. */
    NEVER,
}

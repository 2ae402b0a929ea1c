package io.github.kmsjca.internal.config;

/** Which services a provider offers. */
public enum Services {
    /** All that it has. */
    ALL,
    /**
     * Those of {@code java.security}: signatures, KeyStore, key pairs and random numbers. The others are of
     * {@code javax.crypto}, for which Oracle's JDK demands that a provider be signed by a certificate of Oracle's.
     */
    SIGNATURES
}

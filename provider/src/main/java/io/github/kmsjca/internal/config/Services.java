package io.github.kmsjca.internal.config;

/** Which services a provider offers. */
public enum Services {
    /** All services. */
    ALL,
    /**
     * Only the services of {@code java.security}: signatures, KeyStore, key pairs and random numbers. Oracle's JDK
     * accepts services of {@code javax.crypto} only from providers that are signed with a certificate from Oracle.
     */
    SIGNATURES
}

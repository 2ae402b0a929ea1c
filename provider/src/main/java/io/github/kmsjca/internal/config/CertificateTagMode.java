package io.github.kmsjca.internal.config;

/** What the provider does with certificates in the tags of a key. */
public enum CertificateTagMode {
    /** The provider does not look for them. */
    IGNORE,
    /** The provider uses them for keys that have no certificate elsewhere. */
    READ,
    /** Like {@link #READ}, and a KeyStore without a file also stores its changes there. */
    WRITE
}

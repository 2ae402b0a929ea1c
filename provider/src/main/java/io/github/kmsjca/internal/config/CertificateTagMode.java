package io.github.kmsjca.internal.config;

/** What the provider does with certificates in the tags of a key. */
public enum CertificateTagMode {
    /** The provider does not read the tags. */
    IGNORE,
    /** The provider uses these certificates for keys that have no certificate elsewhere. */
    READ,
    /** Like {@link #READ}, and a KeyStore without a file also stores changed certificates in the tags. */
    WRITE
}

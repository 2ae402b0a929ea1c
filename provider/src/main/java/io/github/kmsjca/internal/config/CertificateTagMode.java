package io.github.kmsjca.internal.config;

/** What the provider does with certificates in the tags of a key. */
public enum CertificateTagMode {
    /** It does not look for them. */
    IGNORE,
    /** It uses them for keys that have no certificate elsewhere. */
    READ,
    /** As {@link #READ}, and it stores the changes of a KeyStore without file there. */
    WRITE
}

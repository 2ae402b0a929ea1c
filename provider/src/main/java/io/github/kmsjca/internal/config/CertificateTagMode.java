package io.github.kmsjca.internal.config;

/** What is done with certificates in the tags of a key. */
public enum CertificateTagMode {
    /** They are not looked for. */
    IGNORE,
    /** They are used for keys that have no certificate elsewhere. */
    READ,
    /** As READ, and changes of a KeyStore without file are kept there. */
    WRITE
}

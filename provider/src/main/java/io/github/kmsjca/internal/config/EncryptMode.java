package io.github.kmsjca.internal.config;

/** Where a public key encrypts and encapsulates. */
public enum EncryptMode {
    /** In this JVM, without a KMS call. */
    LOCAL,
    /** In KMS, with the operations Encrypt and Encapsulate, which leave an audit event. */
    KMS,
}

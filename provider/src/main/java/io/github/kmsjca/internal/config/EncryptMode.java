package io.github.kmsjca.internal.config;

/** Where the public key of a key in KMS encrypts and encapsulates. */
public enum EncryptMode {
    /** Here; no call. */
    LOCAL,
    /** By the operations Encrypt and Encapsulate of KMS, which leave an audit event. */
    KMS,
}

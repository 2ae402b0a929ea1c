package io.github.kmsjca.internal.config;

/** Where a signature is verified. */
public enum VerifyMode {
    /** In this JVM with the public key, without a KMS call. */
    LOCAL,
    /** In KMS, with the operation Verify, which leaves an audit event. */
    KMS,
}

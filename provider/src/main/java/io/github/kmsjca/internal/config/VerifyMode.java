package io.github.kmsjca.internal.config;

/** How a signature is verified. */
public enum VerifyMode {
    /** With the public key, here; no call. */
    LOCAL,
    /** By the operation Verify of KMS, which leaves an audit event. */
    KMS,
}

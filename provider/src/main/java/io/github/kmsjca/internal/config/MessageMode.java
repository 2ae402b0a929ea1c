package io.github.kmsjca.internal.config;

/** What a Sign request sends to KMS. */
public enum MessageMode {
    /** The digest of the message. */
    DIGEST,
    /** The message itself, for key policies that require it. */
    RAW,
}

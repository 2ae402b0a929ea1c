package io.github.kmsjca.internal.config;

/** In which form Sign and Verify requests contain the message, if KMS accepts both forms. */
public enum MessageMode {
    /** The digest of the message. */
    DIGEST,
    /** The message itself, for key policies that require it. */
    RAW,
}

package io.github.kmsjca.algorithm;

/**
 * What the bytes sent to KMS are. Constants are spelled as the service spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">KMS API Sign, MessageType</a>
 */
public enum MessageType {
    /** The message itself, at most {@value #RAW_LIMIT} bytes, which KMS hashes. */
    RAW,
    /** The hash of the message, which KMS signs as it is. */
    DIGEST;

    /** The most bytes of a message that KMS takes whole. */
    public static final int RAW_LIMIT = 4096;
}

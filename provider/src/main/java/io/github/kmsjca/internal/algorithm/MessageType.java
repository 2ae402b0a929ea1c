package io.github.kmsjca.internal.algorithm;

/**
 * What the bytes sent to KMS are. Constants are spelled as the service spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">KMS API Sign, MessageType</a>
 */
public enum MessageType {
    /** The message itself, of 1 to {@value #RAW_LIMIT} bytes. */
    RAW,
    /** The hash of the message, which KMS signs as it is. */
    DIGEST,
    /** The message representative µ of ML-DSA, FIPS 204 §6.2, of {@value #MU_LENGTH} bytes. */
    EXTERNAL_MU;

    /** The most bytes of a message that KMS takes whole. */
    public static final int RAW_LIMIT = 4096;

    /** The length of µ in bytes. */
    public static final int MU_LENGTH = 64;
}

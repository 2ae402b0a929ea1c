package io.github.kmsjca.internal.algorithm;

/**
 * The kind of message that a request contains. Constants are spelled as KMS spells them.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">KMS API Sign, MessageType</a>
 */
public enum MessageType {
    /** The message itself, of 1 to {@value #RAW_LIMIT} bytes. */
    RAW,
    /** The hash of the message. KMS does not hash it again, except with {@code ED25519_PH_SHA_512}. */
    DIGEST,
    /** The message representative µ of ML-DSA, FIPS 204 §6.2, of {@value #MU_LENGTH} bytes. */
    EXTERNAL_MU;

    /** The maximum length of a {@link #RAW} message in bytes. */
    public static final int RAW_LIMIT = 4096;

    /** The length of µ in bytes. */
    public static final int MU_LENGTH = 64;
}

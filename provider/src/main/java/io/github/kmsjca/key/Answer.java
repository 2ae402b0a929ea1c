package io.github.kmsjca.key;

import io.github.kmsjca.client.KmsException;

/** What KMS, or whoever stands in its place, answers for a key. */
final class Answer {
    /** The length of every secret of ML-KEM in bytes (FIPS 203 §8). */
    static final int ENCAPSULATED_SECRET = 32;

    private Answer() {}

    /**
     * Returns an answer that has the length which its algorithm gives it: a shorter secret would be padded by whoever
     * makes a key of it.
     *
     * @throws KmsException if it has another
     */
    static byte[] requireLength(KmsHandle key, int length, byte[] answer) {
        if (answer.length != length) {
            throw new KmsException(
                    "the answer of KMS for " + key + " has " + answer.length + " bytes instead of " + length
                            + ", and is not used; try again, and look at what stands between this machine and KMS",
                    null);
        }
        return answer;
    }
}

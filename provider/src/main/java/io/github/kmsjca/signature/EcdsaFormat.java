package io.github.kmsjca.signature;

import java.util.Arrays;

/** What ECDSA makes of digests that are longer or shorter than the curve. */
final class EcdsaFormat {
    private EcdsaFormat() {}

    /**
     * Returns the digest in the length that KMS wants for the curve, standing for the same number.
     *
     * <p>ECDSA takes the leftmost bits of the digest, as many as the order of the curve has, as a number (FIPS 186-5
     * §6.4.1, step 2): so a longer digest is cut on the right, a shorter one padded with zeros on the left, and the
     * signature verifies under the algorithm that was asked for.
     */
    static byte[] fit(byte[] digest, int length) {
        if (digest.length >= length) {
            return digest.length == length ? digest : Arrays.copyOf(digest, length);
        }
        byte[] padded = new byte[length];
        System.arraycopy(digest, 0, padded, length - digest.length, digest.length);
        return padded;
    }
}

package io.github.kmsjca.internal.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** The forms of ECDSA signatures, and what ECDSA makes of digests that are longer or shorter than the curve. */
final class EcdsaConversion {
    private EcdsaConversion() {}

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

    /**
     * Returns both numbers of a signature in DER (RFC 3279 §2.2.3), in the range that the order of the curve allows.
     *
     * @throws SignatureException if it is not a signature, or not in DER
     */
    static BigInteger[] numbers(byte[] der, BigInteger order) throws SignatureException {
        try {
            return requirePositive(StandardDSAEncoding.INSTANCE.decode(order, der));
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            // the last one comes from a sequence of anything but integers
            throw new SignatureException("not the DER of an ECDSA signature", e);
        }
    }

    /** Returns a signature in DER as two numbers, each as long as the order (IEEE P1363). */
    static byte[] toP1363(byte[] der, BigInteger order) throws SignatureException {
        BigInteger[] numbers = numbers(der, order);
        return PlainDSAEncoding.INSTANCE.encode(order, numbers[0], numbers[1]);
    }

    /** Returns a signature of two numbers in DER. */
    static byte[] fromP1363(byte[] plain, BigInteger order) throws SignatureException {
        try {
            BigInteger[] numbers = requirePositive(PlainDSAEncoding.INSTANCE.decode(order, plain));
            return StandardDSAEncoding.INSTANCE.encode(order, numbers[0], numbers[1]);
        } catch (IOException | IllegalArgumentException e) {
            throw new SignatureException("not an ECDSA signature of two numbers", e);
        }
    }

    /** Both numbers of a signature are at least one (FIPS 186-5 §6.4.2, step 1), which the encodings do not ask for. */
    private static BigInteger[] requirePositive(BigInteger[] numbers) {
        for (BigInteger number : numbers) {
            if (number.signum() == 0) {
                throw new IllegalArgumentException("zero is no number of a signature");
            }
        }
        return numbers;
    }
}

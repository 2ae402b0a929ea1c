package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.SignatureEncoding;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** Converts between ECDSA signature formats, and fits digests to the length that KMS expects. */
final class EcdsaConversion {
    /** The problem in the error text, also for SM2 signatures, which have the same form. */
    private static final String NOT_A_PAIR =
            "the bytes are not two numbers in DER, each between zero and the order of the curve";

    private EcdsaConversion() {}

    /**
     * Returns the digest in the length that KMS expects for the curve.
     *
     * <p>ECDSA uses the leftmost bits of the digest as a number: as many bits as the order of the curve has (FIPS 186-5
     * §6.4.1, step 2). A longer digest is therefore cut on the right, and a shorter one is padded with zeros on the
     * left. This does not change the number, so the signature is valid for the algorithm that the caller requested.
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
     * Returns both numbers of a DER signature (RFC 3279 §2.2.3).
     *
     * @throws SignatureException if the bytes are not a DER signature, or a number is not between zero and the order of
     *     the curve
     */
    static BigInteger[] numbers(byte[] der, BigInteger order) throws SignatureException {
        if (der.length == 0 || der.length > maxLength(SignatureEncoding.KMS, order)) {
            // for an empty input, Bouncy Castle 1.84 throws NullPointerException; before 1.84, it recurses for each
            // level of nested values, so a long input would overflow the stack
            throw new SignatureException(NOT_A_PAIR);
        }
        try {
            return requirePositive(StandardDSAEncoding.INSTANCE.decode(order, der));
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            // Bouncy Castle throws ClassCastException, and 1.84 IllegalStateException, if the sequence contains
            // values that are not integers
            throw new SignatureException(NOT_A_PAIR, e);
        }
    }

    /**
     * Converts a DER signature to two numbers, each as long as the order (IEEE P1363).
     *
     * @throws SignatureException as in {@link #numbers}
     */
    static byte[] toP1363(byte[] der, BigInteger order) throws SignatureException {
        BigInteger[] numbers = numbers(der, order);
        return PlainDSAEncoding.INSTANCE.encode(order, numbers[0], numbers[1]);
    }

    /**
     * Converts a signature of two numbers (IEEE P1363) to DER.
     *
     * @throws SignatureException if the length is wrong, or a number is not between zero and the order of the curve
     */
    static byte[] fromP1363(byte[] plain, BigInteger order) throws SignatureException {
        try {
            BigInteger[] numbers = requirePositive(PlainDSAEncoding.INSTANCE.decode(order, plain));
            return StandardDSAEncoding.INSTANCE.encode(order, numbers[0], numbers[1]);
        } catch (IOException | IllegalArgumentException e) {
            throw new SignatureException("not an ECDSA signature in the form of IEEE P1363", e);
        }
    }

    /** Returns the length in bytes of the longest signature for a curve of this order. */
    static int maxLength(SignatureEncoding encoding, BigInteger order) {
        if (encoding == SignatureEncoding.P1363) {
            return 2 * ((order.bitLength() + Byte.SIZE - 1) / Byte.SIZE);
        }
        // in DER, a zero byte precedes a number whose highest byte is 0x80 or more (X.690 §8.3)
        int number = order.bitLength() / Byte.SIZE + 1;
        int content = 2 * (2 + number);
        // a tag byte and one length byte, or two length bytes if the content is longer than 127 bytes (X.690 §8.1.3)
        return (content > Byte.MAX_VALUE ? 3 : 2) + content;
    }

    /**
     * Requires both numbers of a signature to be at least one (FIPS 186-5 §6.4.2, step 1), which Bouncy Castle's
     * decoders do not check.
     */
    private static BigInteger[] requirePositive(BigInteger[] numbers) {
        for (BigInteger number : numbers) {
            if (number.signum() == 0) {
                throw new IllegalArgumentException("a number of the signature is zero");
            }
        }
        return numbers;
    }
}

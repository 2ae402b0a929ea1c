package io.github.kmsjca.internal.handle;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits for keys and certificates from outside, which parsers and arithmetic have not of their own. */
public final class DerBounds {
    /** How deep values may lie in each other; a certificate needs ten. */
    private static final int DEEPEST = 64;

    /** The longest public exponent of an RSA key in bits, as in the JDK for long moduli: a longer one costs seconds. */
    private static final int LONGEST_EXPONENT = 64;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;
    private static final int LONG_LENGTH = 0x80;

    private DerBounds() {}

    /**
     * Checks how deep the values of an encoding (X.690 §8.1) lie in each other, without recursion. What is not DER at
     * all is left to the parser.
     *
     * @throws IllegalArgumentException if they lie deeper than {@value #DEEPEST}
     */
    public static void requireFlat(byte[] encoded) {
        Deque<Content> around = new ArrayDeque<>();
        int at = 0;
        while (at < encoded.length) {
            while (!around.isEmpty() && at >= around.element().end) {
                around.pop();
            }
            Content content = Content.at(encoded, afterTag(encoded, at));
            if ((encoded[at] & CONSTRUCTED) != 0) {
                around.push(content);
                if (around.size() > DEEPEST) {
                    throw new IllegalArgumentException("its values lie deeper than " + DEEPEST + " in each other");
                }
                at = content.begin;
            } else {
                boolean endOfContents = encoded[at] == 0 && content.begin == content.end;
                if (endOfContents && !around.isEmpty() && around.element().indefinite) {
                    around.pop();
                }
                at = content.end;
            }
        }
    }

    /** Returns where the content of the first value begins; the end of all if there is none. */
    public static int contentOffset(byte[] encoded) {
        return encoded.length == 0 ? 0 : Content.at(encoded, afterTag(encoded, 0)).begin;
    }

    /** Returns the length of the first value with its tag and length; all if it has no definite length. */
    public static int length(byte[] encoded) {
        return encoded.length == 0 ? 0 : Content.at(encoded, afterTag(encoded, 0)).end;
    }

    private static int afterTag(byte[] encoded, int at) {
        int next = at + 1;
        if ((encoded[at] & LONG_TAG) == LONG_TAG) {
            while (next < encoded.length && encoded[next] < 0) {
                next++;
            }
            next++;
        }
        return next;
    }

    /** Where the content of a value begins and ends; one of indefinite length may reach to the end of all. */
    private record Content(int begin, int end, boolean indefinite) {
        static Content at(byte[] encoded, int at) {
            int first = at < encoded.length ? encoded[at] & 0xFF : 0;
            int count = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
            boolean indefinite = first == LONG_LENGTH;
            long length = indefinite ? encoded.length : first < LONG_LENGTH ? first : 0;
            for (int i = 1; i <= count && at + i < encoded.length && length <= encoded.length; i++) {
                length = (length << Byte.SIZE) | (encoded[at + i] & 0xFF);
            }
            long begin = (long) at + 1 + count;
            return new Content(
                    (int) Math.min(begin, encoded.length), (int) Math.min(begin + length, encoded.length), indefinite);
        }
    }

    /**
     * Checks that arithmetic with a public key takes no more time than with those in use.
     *
     * @throws IllegalArgumentException if it may
     */
    public static void requireFast(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            BigInteger exponent = rsa.getPublicExponent();
            if (exponent.bitLength() > LONGEST_EXPONENT) {
                throw new IllegalArgumentException("its RSA key has a public exponent of " + exponent.bitLength()
                        + " bits, and at most " + LONGEST_EXPONENT + " are taken");
            }
        }
    }
}

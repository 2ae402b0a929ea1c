package io.github.kmsjca.internal.handle;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits for keys and certificates from outside. The parsers and the arithmetic have no such limits themselves. */
public final class DerBounds {
    /** The maximum nesting depth of values. A certificate needs ten. */
    private static final int DEEPEST = 64;

    /**
     * The maximum length of an RSA public exponent in bits, as in the JDK for long moduli. With a longer one, a
     * verification takes seconds.
     */
    private static final int LONGEST_EXPONENT = 64;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;
    private static final int LONG_LENGTH = 0x80;

    private DerBounds() {}

    /**
     * Checks the nesting depth of an encoding (X.690 §8.1) without recursion. It does not check that the encoding is
     * valid: the parser does that.
     *
     * @throws IllegalArgumentException if the depth is more than {@value #DEEPEST}
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
                    throw new IllegalArgumentException("its values are nested more than " + DEEPEST + " levels deep");
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

    /**
     * Where the content of a value begins and ends. A content of indefinite length may reach to the end of the data.
     */
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
     * Checks that arithmetic with a public key is as fast as with usual keys.
     *
     * @throws IllegalArgumentException if it may be slower
     */
    public static void requireFast(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            BigInteger exponent = rsa.getPublicExponent();
            if (exponent.bitLength() > LONGEST_EXPONENT) {
                throw new IllegalArgumentException("its RSA key has a public exponent of " + exponent.bitLength()
                        + " bits, and the maximum is " + LONGEST_EXPONENT);
            }
        }
    }
}

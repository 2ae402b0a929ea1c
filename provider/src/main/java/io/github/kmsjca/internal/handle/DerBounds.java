package io.github.kmsjca.internal.handle;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Limits for keys and certificates from untrusted sources, and the positions of DER values. The parsers and the
 * arithmetic that use these keys and certificates have no such limits, or only for some keys.
 */
public final class DerBounds {
    /** The maximum nesting depth of values. Usual certificates need fewer than 20 levels. */
    private static final int MAX_DEPTH = 64;

    /**
     * The maximum length of an RSA public exponent in bits. The JDK has this limit only for long moduli. With an
     * exponent as long as the modulus, a verification can take seconds.
     */
    private static final int MAX_EXPONENT_BITS = 64;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1F;
    private static final int LONG_LENGTH = 0x80;
    private static final int BIT_STRING = 3;
    private static final int OCTET_STRING = 4;

    private DerBounds() {}

    /**
     * Checks the nesting depth of an encoding (X.690 §8.1) without recursion. Values inside octet strings and bit
     * strings count too, because parsers read extensions, keys and the parts of a PKCS #12 file from these strings.
     * Does not check that the encoding is valid, because the parser does that.
     *
     * @throws ExceededBoundException if the depth is more than {@value #MAX_DEPTH}
     * @throws IllegalArgumentException if a tag has several bytes
     */
    public static void requireShallow(byte[] encoded) {
        Deque<Content> enclosing = new ArrayDeque<>(List.of(Content.of(encoded)));
        int at = 0;
        while (at < encoded.length) {
            while (at >= enclosing.element().end) {
                enclosing.pop();
            }
            at = enterOrSkip(encoded, at, enclosing);
        }
    }

    /**
     * Checks the length of the public exponent of an RSA key. Accepts all other keys.
     *
     * @throws ExceededBoundException if the exponent has more than {@value #MAX_EXPONENT_BITS} bits
     */
    public static void requireShortExponent(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            requireShortExponent(rsa.getPublicExponent());
        }
    }

    /**
     * Checks the length of the public exponent of an RSA key.
     *
     * @throws ExceededBoundException if the exponent has more than {@value #MAX_EXPONENT_BITS} bits
     */
    static void requireShortExponent(BigInteger exponent) {
        if (exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new ExceededBoundException("its RSA key has a public exponent of " + exponent.bitLength()
                    + " bits, and the maximum is " + MAX_EXPONENT_BITS);
        }
    }

    /** Returns the offset where the content of the first value begins. It may be beyond the end of the encoding. */
    public static int contentOffset(byte[] encoded) {
        return Content.at(encoded, 0, Content.of(encoded)).begin;
    }

    /**
     * Returns the end offset of the value that begins at an offset. Returns the end of the encoding if the value has no
     * definite length or is not complete.
     */
    public static int endOfValue(byte[] encoded, int at) {
        return Math.min(Content.at(encoded, at, Content.of(encoded)).end, encoded.length);
    }

    /** Enters or skips the value at an offset. Returns the offset where the next value begins. */
    private static int enterOrSkip(byte[] encoded, int at, Deque<Content> enclosing) {
        Content parent = enclosing.element();
        if (!parent.inString && (encoded[at] & LONG_TAG) == LONG_TAG) {
            throw new IllegalArgumentException(
                    "it has an ASN.1 tag of more than one byte, which no key or certificate has");
        }
        Content content = Content.at(encoded, at, parent);
        if (parent.inString && content.end > parent.end) {
            // a string may contain any bytes, and these bytes are not a value
            return parent.end;
        }
        Content stringContent = content.ofString(encoded, encoded[at]);
        boolean constructed = (encoded[at] & CONSTRUCTED) != 0 || content.indefinite;
        if (constructed || stringContent.isOneValue(encoded)) {
            Content next = constructed ? content : stringContent;
            push(next, enclosing);
            return next.begin;
        }
        boolean endOfContents = encoded[at] == 0 && content.begin == content.end;
        if (endOfContents && parent.indefinite) {
            enclosing.pop();
        }
        return content.end;
    }

    private static void push(Content content, Deque<Content> enclosing) {
        enclosing.push(content);
        // the first element is the whole encoding, which is not a value
        if (enclosing.size() > MAX_DEPTH + 1) {
            throw new ExceededBoundException("its values are nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    /**
     * The offsets where the content of a value begins and ends. Content of indefinite length ends at the last possible
     * offset.
     *
     * @param inString whether the value is inside a bit string or octet string
     */
    private record Content(int begin, int end, boolean indefinite, boolean inString) {
        /** Returns the content that holds all values: the whole encoding. */
        static Content of(byte[] encoded) {
            return new Content(0, encoded.length, false, false);
        }

        /**
         * Returns the content of the value whose tag is at an offset. As in the JDK, a tag has one byte, and a
         * primitive value may also have an indefinite length.
         */
        static Content at(byte[] encoded, int tag, Content parent) {
            int at = tag + 1;
            int first = at < encoded.length ? encoded[at] & 0xFF : 0;
            // in the long form, the first byte says how many bytes with the length follow (X.690 §8.1.3.5)
            int count = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
            boolean indefinite = first == LONG_LENGTH;
            long length = first < LONG_LENGTH ? first : 0;
            for (int i = 1; i <= count && at + i < encoded.length && length <= encoded.length; i++) {
                length = (length << Byte.SIZE) | (encoded[at + i] & 0xFF);
            }
            long begin = (long) at + 1 + count;
            int maxOffset = encoded.length + 1;
            int end = (int) Math.min(begin + length, maxOffset);
            return new Content(
                    (int) Math.min(begin, maxOffset),
                    indefinite ? Math.max(parent.end, end) : end,
                    indefinite,
                    parent.inString);
        }

        /**
         * Returns the content of an octet string. For a bit string without unused bits, returns the content after the
         * byte that counts them. For a bit string with unused bits and for all other values, returns empty content.
         */
        Content ofString(byte[] encoded, int tag) {
            if (tag == OCTET_STRING) {
                return new Content(begin, end, false, true);
            }
            boolean wholeBytes = tag == BIT_STRING && begin < end && begin < encoded.length && encoded[begin] == 0;
            return new Content(wholeBytes ? begin + 1 : end, end, false, true);
        }

        /** Returns whether this content of a string looks like exactly one value. */
        boolean isOneValue(byte[] encoded) {
            if (end - begin < 2 || end > encoded.length) {
                return false;
            }
            Content only = at(encoded, begin, this);
            return only.indefinite || only.end == end;
        }
    }
}

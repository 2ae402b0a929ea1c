package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that consists of one or more DER certificates. The other methods help to read other structures: they
 * return the first tag, which identifies the form of a file, recognize private keys, and call Bouncy Castle's parsers.
 */
final class DerFile {
    static final int SEQUENCE = 0x30;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int INTEGER = 0x02;

    /** The byte in place of a length if two zero bytes end the value (X.690 §8.1.3.6). */
    private static final byte INDEFINITE = (byte) 0x80;

    /** The number of parts of an encrypted private key: the algorithm and the encrypted content (RFC 5958 §3). */
    private static final int ENCRYPTED_KEY_PARTS = 2;

    /** The index of the key in PKCS #8: the version and the algorithm come first. */
    private static final int PKCS8_KEY = 2;

    private static final String PEM_BEGIN = "-----BEGIN ";

    private DerFile() {}

    /** Returns whether content begins like a sequence, and is not a text with a PEM block. */
    static boolean matches(byte[] content) {
        return content.length > 0 && content[0] == SEQUENCE && !isPem(content);
    }

    /**
     * Returns whether content is a text with a PEM block, for content that begins with 0x30. This byte is the tag of a
     * sequence, but also the digit 0.
     */
    private static boolean isPem(byte[] content) {
        // in DER, the second byte begins the length, and it is negative for 128 bytes or more, as in each certificate
        boolean isAscii = content.length > 1 && content[1] >= 0;
        return isAscii && new String(content, StandardCharsets.ISO_8859_1).contains(PEM_BEGIN);
    }

    /** Returns the tag of the first value inside a sequence; -1 if the content is no sequence or has no value. */
    static int firstTag(byte[] content) {
        int begin = matches(content) ? DerBounds.contentOffset(content) : content.length;
        return begin < content.length ? content[begin] : -1;
    }

    /**
     * Parses a structure with Bouncy Castle. Must use every element that the caller needs, because Bouncy Castle finds
     * some damage only when an element is used.
     */
    interface Parsing<T> {
        @Nullable
        T parse() throws IOException, CertificateException;
    }

    /**
     * Returns the result of {@code parsing}. For damaged content, Bouncy Castle throws many kinds of runtime
     * exceptions. This method turns them into one.
     *
     * @throws IllegalArgumentException if the content is damaged, or the result is null because a part is missing
     */
    static <T> T parsed(Parsing<T> parsing) throws IOException, CertificateException {
        try {
            return required(parsing.parse());
        } catch (ClassCastException
                | IllegalStateException
                | NoSuchElementException
                | IndexOutOfBoundsException
                | ArithmeticException damaged) {
            throw new IllegalArgumentException("damaged DER", damaged);
        }
    }

    /**
     * Returns a part of a structure. Bouncy Castle returns null for a part that is missing.
     *
     * @throws IllegalArgumentException if the part is missing
     */
    static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalArgumentException("a part is missing");
        }
        return part;
    }

    /**
     * Parses a sequence. Call it inside {@link #parsed}.
     *
     * @throws IllegalArgumentException if the content is not a sequence
     */
    static ASN1Sequence sequence(byte[] content) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(content)) {
            return required(ASN1Sequence.getInstance(in.readObject()));
        }
    }

    /**
     * Reads a file.
     *
     * @throws FileFormatException if the file contains anything other than certificates, or exceeds a limit
     */
    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            addAll(content, found);
        } catch (ExceededLimitException exceeded) {
            throw found.overLimit(exceeded);
        } catch (CertificateException | IllegalArgumentException other) {
            requireNoPrivateKey(content, found);
            throw found.unknownForm(other);
        }
    }

    /**
     * Adds DER certificates, one after the other, at least one. Line ends behind the last certificate are allowed.
     *
     * @throws CertificateException if the content is empty or contains anything else, or a certificate exceeds a limit
     * @throws FileFormatException if there are too many certificates
     */
    static void addAll(byte[] content, Contents found) throws CertificateException, FileFormatException {
        int at = 0;
        do {
            int end = endOfCertificate(content, at);
            found.add(Arrays.copyOfRange(content, at, end));
            at = end;
        } while (!areLineEnds(content, at));
    }

    /**
     * Returns whether all bytes from an offset on are line ends. Ask only behind a certificate. Do not trim the content
     * instead: the last byte of a certificate can have the value of a line end.
     */
    private static boolean areLineEnds(byte[] content, int at) {
        return IntStream.range(at, content.length).allMatch(i -> isLineEnd(content[i]));
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\n' || octet == '\r';
    }

    /**
     * Returns the end offset of the certificate at an offset. For a certificate of indefinite length,
     * {@link DerBounds#endOfValue} returns the end of the whole content. This method then leaves out the line ends at
     * the end.
     */
    private static int endOfCertificate(byte[] content, int at) {
        int end = DerBounds.endOfValue(content, at);
        boolean hasLength = at + 1 < content.length && content[at + 1] != INDEFINITE;
        while (!hasLength && end > at && isLineEnd(content[end - 1])) {
            end--;
        }
        return end;
    }

    private static void requireNoPrivateKey(byte[] content, Contents found) throws FileFormatException {
        if (isPrivateKey(content)) {
            throw found.privateKey();
        }
    }

    /**
     * Returns whether content is a private key: PKCS #8 (RFC 5958), encrypted or not, or the older forms for RSA
     * (RFC 8017 §A.1.2), DSA and EC (RFC 5915). Returns false for damaged content.
     */
    static boolean isPrivateKey(byte[] content) {
        try {
            DerBounds.requireShallow(content);
            return parsed(() -> isPrivateKey(sequence(content)));
        } catch (IOException | CertificateException | IllegalArgumentException damaged) {
            return false;
        }
    }

    private static boolean isPrivateKey(ASN1Sequence value) {
        if (value.size() < ENCRYPTED_KEY_PARTS) {
            return false;
        }
        ASN1Encodable first = value.getObjectAt(0);
        ASN1Encodable second = value.getObjectAt(1);
        boolean isEncrypted = value.size() == ENCRYPTED_KEY_PARTS
                && first instanceof ASN1Sequence
                && second instanceof ASN1OctetString;
        boolean hasVersion = first instanceof ASN1Integer version && (version.hasValue(0) || version.hasValue(1));
        return isEncrypted || (hasVersion && hasKeyBehindVersion(value));
    }

    /**
     * Returns whether a key follows the version. The explicit parameters of a curve also begin with a version, but have
     * a sequence where PKCS #8 has the key.
     */
    private static boolean hasKeyBehindVersion(ASN1Sequence value) {
        ASN1Encodable second = value.getObjectAt(1);
        boolean isPkcs8 = second instanceof ASN1Sequence
                && value.size() > PKCS8_KEY
                && value.getObjectAt(PKCS8_KEY) instanceof ASN1OctetString;
        return isPkcs8 || second instanceof ASN1Integer || second instanceof ASN1OctetString;
    }
}

package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** Reads certificates in DER, one after the other, and says what other DER files are. */
final class DerFile {
    static final int SEQUENCE = 0x30;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int INTEGER = 0x02;

    private static final int ENCRYPTED_KEY_PARTS = 2;
    private static final String PEM_BEGIN = "-----BEGIN ";

    private DerFile() {}

    /** Returns whether content begins like a sequence. A text with a PEM block may begin with the same byte, a zero. */
    static boolean matches(byte[] content) {
        return content.length > 0 && content[0] == SEQUENCE && !isText(content);
    }

    private static boolean isText(byte[] content) {
        boolean mayBeText = content.length > 1 && content[1] >= ' ';
        return mayBeText && new String(content, StandardCharsets.ISO_8859_1).contains(PEM_BEGIN);
    }

    /** Returns the tag of the first value inside a sequence; -1 if the content is no sequence. */
    static int firstTag(byte[] content) {
        int begin = matches(content) ? DerBounds.contentOffset(content) : content.length;
        return begin < content.length ? content[begin] : -1;
    }

    /**
     * Parses a sequence.
     *
     * @throws IllegalArgumentException if the content is not a sequence
     */
    static ASN1Sequence sequence(byte[] content) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(content)) {
            return ASN1Sequence.getInstance(in.readObject());
        } catch (ArrayIndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException("damaged DER", damaged);
        }
    }

    static void read(byte[] content, Contents found) throws FileFormatException {
        try {
            addAll(content, found);
        } catch (CertificateException | IllegalArgumentException other) {
            requireNoPrivateKey(content, found);
            throw found.unknownForm("", other);
        }
    }

    /** Adds DER certificates, one after the other. Blanks and line ends behind the last one are allowed. */
    static void addAll(byte[] content, Contents found) throws CertificateException {
        int length = content.length;
        while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
            length--;
        }
        byte[] encoded = DerBounds.endOfValue(content, 0) > length ? content : Arrays.copyOf(content, length);
        for (int at = 0; at < encoded.length; ) {
            int end = DerBounds.endOfValue(encoded, at);
            found.add(Arrays.copyOfRange(encoded, at, end));
            at = end;
        }
    }

    static void requireNoPrivateKey(byte[] content, Contents found) throws FileFormatException {
        if (isPrivateKey(content)) {
            throw found.privateKey();
        }
    }

    /**
     * Returns whether content is a private key: PKCS #8 (RFC 5958), encrypted or not, or the older forms for RSA
     * (RFC 8017 §A.1.2), DSA and EC (RFC 5915).
     */
    static boolean isPrivateKey(byte[] content) {
        return parsed(content).filter(DerFile::isPrivateKey).isPresent();
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
        boolean hasVersion = first instanceof ASN1Integer version
                && (version.hasValue(0) || version.hasValue(1))
                && !(second instanceof ASN1BitString);
        return isEncrypted || hasVersion;
    }

    private static Optional<ASN1Sequence> parsed(byte[] content) {
        try {
            DerBounds.requireShallow(content);
            ASN1Primitive value = sequence(content);
            return value instanceof ASN1Sequence sequence ? Optional.of(sequence) : Optional.empty();
        } catch (IOException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}

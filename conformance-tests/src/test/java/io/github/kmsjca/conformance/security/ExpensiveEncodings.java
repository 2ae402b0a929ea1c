package io.github.kmsjca.conformance.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * Encodings that cost a parser or verifier without limits much time or memory. The signatures of the certificates are
 * invalid.
 */
final class ExpensiveEncodings {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final X500Name NAME = new X500Name("CN=same");
    private static final X500Name LEAF = new X500Name("CN=leaf");

    /**
     * One certificate in each group of this size is a leaf. Because of the leaves, the certificates are not in the
     * order of a chain, and their names do not show where a chain begins.
     */
    private static final int LEAF_INTERVAL = 10;

    private static final AlgorithmIdentifier SHA256_WITH_RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

    private static final byte[] EMPTY_OCTET_STRING = {4, 0};

    private ExpensiveEncodings() {}

    /** The bit lengths of an RSA key's modulus and public exponent. The numbers with these lengths are random. */
    record RsaSize(int modulus, int exponent) {}

    /**
     * Returns certificates with different keys. Except for some leaves, they all have the same name, so each of them
     * may have issued any other.
     */
    static List<byte[]> certificates(int count, RsaSize size) {
        return IntStream.range(0, count)
                .mapToObj(i -> certificate(i % LEAF_INTERVAL == LEAF_INTERVAL / 2 ? LEAF : NAME, size))
                .toList();
    }

    /** Returns a certificate with an extension. */
    static byte[] certificate(String extension, byte[] value) {
        return certificate(
                NAME, new RsaSize(2048, 17), new Extension(new ASN1ObjectIdentifier(extension), false, value));
    }

    private static byte[] certificate(X500Name subject, RsaSize size, Extension... extensions) {
        V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(new BigInteger(64, RANDOM)));
        tbs.setIssuer(NAME);
        tbs.setSubject(subject);
        Instant now = Instant.now();
        tbs.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(1)))));
        tbs.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(30)))));
        tbs.setSignature(SHA256_WITH_RSA);
        try {
            tbs.setSubjectPublicKeyInfo(key(size));
            if (extensions.length > 0) {
                tbs.setExtensions(new Extensions(extensions));
            }
            // as long as the modulus but smaller, so that a verifier raises it to the exponent
            byte[] signature = new byte[size.modulus / Byte.SIZE];
            RANDOM.nextBytes(signature);
            signature[0] = 1;
            return new DERSequence(List.of(tbs.generateTBSCertificate(), SHA256_WITH_RSA, new DERBitString(signature))
                            .toArray(new ASN1Encodable[0]))
                    .getEncoded();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns a public key without a known private key. */
    static SubjectPublicKeyInfo key(RsaSize size) throws IOException {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(randomOdd(size.modulus), randomOdd(size.exponent)));
    }

    /** Returns a random odd number of exactly the given bit length. */
    private static BigInteger randomOdd(int bits) {
        return new BigInteger(bits, RANDOM).setBit(0).setBit(bits - 1);
    }

    /** Returns constructed values with one tag, nested in each other, with definite lengths. */
    static byte[] nested(int tag, int depth) {
        // the tag, the number of length bytes, and four length bytes
        int header = 6;
        byte[] encoding = new byte[depth * header + EMPTY_OCTET_STRING.length];
        int length = EMPTY_OCTET_STRING.length;
        int at = depth * header;
        System.arraycopy(EMPTY_OCTET_STRING, 0, encoding, at, length);
        while (at > 0) {
            at -= header;
            encoding[at] = (byte) tag;
            encoding[at + 1] = (byte) 0x84;
            for (int i = 0; i < 4; i++) {
                encoding[at + 2 + i] = (byte) (length >>> (24 - 8 * i));
            }
            length += header;
        }
        return encoding;
    }

    /** Returns constructed values with one tag, nested in each other, with indefinite lengths (X.690 §8.1.3.6). */
    static byte[] nestedWithoutLengths(int tag, int depth) {
        // two bytes before each value, and two zero bytes after it
        byte[] encoding = new byte[depth * 4 + EMPTY_OCTET_STRING.length];
        for (int i = 0; i < depth; i++) {
            encoding[i * 2] = (byte) tag;
            encoding[i * 2 + 1] = (byte) 0x80;
        }
        System.arraycopy(EMPTY_OCTET_STRING, 0, encoding, depth * 2, EMPTY_OCTET_STRING.length);
        return encoding;
    }

    /** Returns a sequence of encodings. */
    static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Stream.of(parts).forEach(content::writeBytes);
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {
            0x30, (byte) 0x84, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** Returns an encoding in PEM, as a certificate. */
    static String pem(byte[] encoding) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoding)
                + "\n-----END CERTIFICATE-----\n";
    }
}

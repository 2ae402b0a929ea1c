package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Stores certificates in the tags of a key.
 *
 * <p>The DER certificates are joined, compressed (RFC 1950), encoded as Base64 and cut into pieces of 256 characters,
 * the maximum length of a tag value. The tags are {@code kms-jca:cert/0}, {@code kms-jca:cert/1} and so on. The first
 * piece starts with a header: the version of this format, the number of pieces, and the first bytes of the SHA-256 of
 * the compressed bytes. The header ensures that pieces from different writes are never combined.
 */
final class CertificateTags {
    private static final String PREFIX = "kms-jca:cert/";
    private static final String FIRST_TAG = PREFIX + "0";

    /** What error texts call all tags with certificates. */
    private static final String ALL_TAGS = "the tags " + PREFIX + "*";

    private static final String WRITE_AGAIN = "write the certificates to the tags again";
    private static final String WRITE_CHAIN = "write only the chain of the key";
    private static final Pattern FIRST_VALUE = Pattern.compile("1\\.([0-9]{1,2})\\.([0-9a-f]{16})\\.(.*)");

    /** The maximum length of a tag value (KMS Developer Guide, "Tags in AWS KMS"). */
    private static final int LONGEST_VALUE = 256;

    /** The maximum number of tags of a key (KMS Developer Guide, "Tags in AWS KMS"). */
    private static final int MOST_TAGS = 50;

    /** The maximum size after decompression, in bytes. The certificates that fit into fifty tags are far smaller. */
    private static final int LARGEST = 1 << 20;

    private CertificateTags() {}

    /** Returns the names of all tags with pieces of certificates, including pieces that are no longer used. */
    static Set<String> names(Map<String, String> tags) {
        return tags.keySet().stream().filter(name -> name.startsWith(PREFIX)).collect(Collectors.toSet());
    }

    /** Returns the tags that store the certificates; no tags for an empty list. */
    static Map<String, String> of(List<X509Certificate> certificates) throws CertificateEncodingException {
        if (certificates.isEmpty()) {
            return Map.of();
        }
        byte[] compressed = compress(certificates);
        String base64 = Base64.getEncoder().encodeToString(compressed);
        String checksum = checksum(compressed);
        // a header has the same length for every number of pieces
        int count = countPieces(header(MOST_TAGS, checksum) + base64);
        String text = header(count, checksum) + base64;
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tags.put(PREFIX + i, text.substring(i * LONGEST_VALUE, Math.min(text.length(), (i + 1) * LONGEST_VALUE)));
        }
        return tags;
    }

    private static int countPieces(String text) {
        return (text.length() + LONGEST_VALUE - 1) / LONGEST_VALUE;
    }

    private static String header(int count, String checksum) {
        return String.format(Locale.ROOT, "1.%02d.%s.", count, checksum);
    }

    /**
     * Returns the certificates in the tags of a key. Empty if the tag of the first piece is missing.
     *
     * @param source the key, as the error text names it
     * @throws FileFormatException if pieces are missing or damaged, or the certificates exceed a limit
     */
    static List<X509Certificate> read(Map<String, String> tags, String source) throws FileFormatException {
        String first = tags.get(FIRST_TAG);
        if (first == null) {
            return List.of();
        }
        Matcher header = FIRST_VALUE.matcher(first);
        if (!header.matches()) {
            throw unusable(
                    source,
                    "tag " + FIRST_TAG + " has a format that this version of kms-jca does not know",
                    "use a newer version, or " + WRITE_AGAIN,
                    null);
        }
        StringBuilder base64 = new StringBuilder(header.group(3));
        for (int i = 1; i < Integer.parseInt(header.group(1)); i++) {
            String piece = tags.get(PREFIX + i);
            if (piece == null) {
                throw unusable(
                        source, "tag " + PREFIX + i + " with a part of the certificates is missing", WRITE_AGAIN, null);
            }
            base64.append(piece);
        }
        try {
            return certificates(Base64.getDecoder().decode(base64.toString()), header.group(2), source);
        } catch (IllegalArgumentException noBase64) {
            throw unusable(source, ALL_TAGS + " are not Base64", WRITE_AGAIN, noBase64);
        }
    }

    private static List<X509Certificate> certificates(byte[] compressed, String checksum, String source)
            throws FileFormatException {
        if (!checksum(compressed).equals(checksum)) {
            throw unusable(source, ALL_TAGS + " do not match the checksum in " + FIRST_TAG, WRITE_AGAIN, null);
        }
        List<X509Certificate> certificates = parse(decompress(compressed, source), source);
        if (certificates.size() > CertificatePool.LONGEST_CHAIN) {
            throw unusable(
                    source,
                    ALL_TAGS + " contain more than " + CertificatePool.LONGEST_CHAIN + " certificates",
                    WRITE_CHAIN,
                    null);
        }
        return certificates;
    }

    private static byte[] decompress(byte[] compressed, String source) throws FileFormatException {
        byte[] encoded;
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            encoded = in.readNBytes(LARGEST + 1);
        } catch (IOException damaged) {
            throw noCertificates(source, damaged);
        }
        if (encoded.length > LARGEST) {
            throw unusable(source, ALL_TAGS + " contain more than 1 MiB of certificates", WRITE_CHAIN, null);
        }
        return encoded;
    }

    private static List<X509Certificate> parse(byte[] encoded, String source) throws FileFormatException {
        try {
            return new CertificateReader().readAll(encoded);
        } catch (ExceededLimitException exceeded) {
            throw unusable(
                    source,
                    "a certificate in " + ALL_TAGS + " is refused: " + exceeded.getMessage(),
                    "replace this certificate",
                    exceeded);
        } catch (CertificateException damaged) {
            throw noCertificates(source, damaged);
        }
    }

    private static FileFormatException noCertificates(String source, Exception damaged) {
        return unusable(source, ALL_TAGS + " contain data other than certificates", WRITE_AGAIN, damaged);
    }

    private static FileFormatException unusable(
            String source, String problem, String remedy, @Nullable Exception cause) {
        return new FileFormatException(source + ": " + problem + "; " + remedy, cause);
    }

    private static byte[] compress(List<X509Certificate> certificates) throws CertificateEncodingException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater)) {
            for (Certificate certificate : certificates) {
                out.write(certificate.getEncoded());
            }
        } catch (IOException impossible) {
            throw new ProviderBug("writing to memory failed", impossible);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    private static String checksum(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderBug("this Java version has no SHA-256", e);
        }
    }

    /**
     * Fails if a key would have more tags than KMS allows.
     *
     * @param source the key, as the error text names it
     * @param fresh the tags to write
     * @param others the number of tags of the key that contain no certificates
     * @throws IOException if the key would have too many; the text says what to leave out
     */
    static void requireFreeTags(String source, Map<String, String> fresh, int others) throws IOException {
        if (fresh.size() + others > MOST_TAGS) {
            throw new IOException(source + ": the certificates need " + fresh.size() + " tags, but KMS allows "
                    + MOST_TAGS + " tags for each key, and this key has " + others
                    + " others; leave out the root certificate, or keep the certificates in a keystore file");
        }
    }
}

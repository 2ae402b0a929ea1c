package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.DerBounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the blocks of a text in PEM (RFC 7468), as tools and people write them: with other text around the blocks,
 * several blocks on one line, as JSON strings, or in UTF-16. Line ends do not matter.
 */
final class PemFile {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final Pattern MARK = Pattern.compile("-----(?:BEGIN|END) ([ -~]{1,80}?)-----");

    /**
     * The backslashes of an escape in a JSON string. In JSON inside JSON, an escape has several backslashes. A match
     * starts only at the first backslash: if it could start at each of them, the time would grow with the square of
     * their number.
     */
    private static final String BACKSLASHES = "(?<!\\\\)\\\\++";

    private static final Pattern BLANK_ESCAPE = Pattern.compile(BACKSLASHES + "[nrt]");

    private static final Pattern CODE_ESCAPE = Pattern.compile(BACKSLASHES + "u00([0-9A-Fa-f]{2})");
    private static final Pattern SLASH_ESCAPE = Pattern.compile(BACKSLASHES + "/");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** OpenSSL's label of a certificate that is followed by trust settings in the same block. */
    private static final String TRUSTED = "TRUSTED CERTIFICATE";

    /**
     * The labels of blocks that must be readable. All other blocks without a certificate are skipped, except private
     * keys, which are refused.
     */
    private static final Set<String> REQUIRED = Set.of(
            "CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE", TRUSTED, "PKCS7", "PKCS #7 SIGNED DATA", "CMS");

    private final String text;
    private final Contents found;
    /** The offset up to which {@link #lines} counts. */
    private int counted;

    private int lines = 1;

    private PemFile(String text, Contents found) {
        this.text = text;
        this.found = found;
    }

    /** A block: its label, the offsets of the text between its marks, and the offset behind its last mark. */
    private record Block(String label, int bodyBegin, int bodyEnd, int end) {}

    static void read(byte[] content, Contents found) throws FileFormatException {
        new PemFile(text(content), found).read();
    }

    /** Returns the text without zero bytes. The blocks are ASCII, so their UTF-16 and UTF-32 forms become ASCII too. */
    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).replace("\0", "");
    }

    private void read() throws FileFormatException {
        int at = 0;
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            requireNoEnd(at, begin);
            Block block = block(begin);
            take(block, line(begin));
            at = block.end;
            begin = text.indexOf(BEGIN, at);
        }
        requireNoEnd(at, text.length());
    }

    /** Fails if there is an END line between two offsets, where no block has begun. */
    private void requireNoEnd(int from, int to) throws FileFormatException {
        int end = text.indexOf(END, from);
        if (end >= 0 && end < to) {
            throw found.failure(line(end), "END line without a BEGIN line above it", null);
        }
    }

    /** Returns the block that begins at an offset. */
    private Block block(int begin) throws FileFormatException {
        Matcher first = mark(begin);
        String label = first.group(1);
        int end = text.indexOf(END, first.end());
        int next = text.indexOf(BEGIN, first.end());
        if (end < 0 || (next >= 0 && next < end)) {
            throw found.failure(line(begin), "this PEM block has no END line", null);
        }
        Matcher last = mark(end);
        if (!label.equals(last.group(1))) {
            throw found.failure(line(end), "END line does not match the BEGIN line in line " + line(begin), null);
        }
        return new Block(label, first.end(), end, last.end());
    }

    /** Matches the mark at an offset. Refuses private keys and damaged marks. */
    private Matcher mark(int at) throws FileFormatException {
        Matcher mark = MARK.matcher(text).region(at, text.length());
        if (!mark.lookingAt()) {
            throw found.failure(line(at), Contents.DAMAGED_MARK, null);
        }
        if (mark.group(1).contains("PRIVATE KEY")) {
            throw found.failure(line(at), Contents.PRIVATE_KEY_BLOCK, null);
        }
        return mark;
    }

    /** Adds the certificates of a block, or notes that it has none. */
    private void take(Block block, int line) throws FileFormatException {
        boolean isRequired = REQUIRED.contains(block.label);
        byte[] content;
        try {
            content = Base64.getDecoder().decode(base64(block));
            CertificateReader.requireShallow(content);
            add(block.label, content);
        } catch (FileFormatException refused) {
            throw refused;
        } catch (IllegalArgumentException | CertificateException | IOException other) {
            requireNoPrivateKey(block, line);
            if (isRequired) {
                throw found.failure(line, Contents.problem(block.label, other), other);
            }
            found.note(", line " + line + ": skipped '" + block.label + "', which is not a certificate");
        }
    }

    /** Fails if a block is a private key although its label does not say so. */
    private void requireNoPrivateKey(Block block, int line) throws FileFormatException {
        try {
            if (DerFile.isPrivateKey(Base64.getDecoder().decode(base64(block)))) {
                throw found.failure(line, Contents.PRIVATE_KEY_BLOCK, null);
            }
        } catch (IllegalArgumentException noBase64) {
            // damaged, so the caller decides what to do with the block
        }
    }

    private void add(String label, byte[] content) throws IOException, CertificateException {
        if (Pkcs12File.matches(content)) {
            Pkcs12File.read(content, found);
        } else if (Pkcs7File.matches(content)) {
            Pkcs7File.readAll(content, found);
        } else if (label.equals(TRUSTED)) {
            found.add(Arrays.copyOf(content, DerBounds.endOfValue(content, 0)));
        } else {
            DerFile.addAll(content, found);
        }
    }

    /** Returns the Base64 text of a block, without blanks and JSON escapes. */
    private String base64(Block block) {
        String body = text.substring(block.bodyBegin, block.bodyEnd);
        String plain = body.indexOf('\\') < 0 ? body : unescaped(body);
        return BLANKS.matcher(plain).replaceAll("");
    }

    private static String unescaped(String json) {
        String blank = BLANK_ESCAPE.matcher(json).replaceAll("\n");
        String codes = CODE_ESCAPE
                .matcher(blank)
                .replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16)));
        return SLASH_ESCAPE.matcher(codes).replaceAll("/");
    }

    /**
     * Returns the number of the line of an offset, from 1. A line ends with LF, CR or both. Counts from the previous
     * offset: if it counted from the beginning, the time would grow with the square of the number of blocks.
     */
    private int line(int offset) {
        if (offset < counted) {
            counted = 0;
            lines = 1;
        }
        for (; counted < offset; counted++) {
            char character = text.charAt(counted);
            boolean isEnd = character == '\n' || (character == '\r' && !text.startsWith("\n", counted + 1));
            lines += isEnd ? 1 : 0;
        }
        return lines;
    }
}

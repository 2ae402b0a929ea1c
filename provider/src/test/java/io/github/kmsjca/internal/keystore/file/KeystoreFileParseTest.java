package io.github.kmsjca.internal.keystore.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeystoreFileParseTest {
    private static final String HEADER = "# AWSKMS keystore 1\n";
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final KeyId KEY = KeyId.parse(ARN);
    private static final X509Certificate LEAF = TestCertificates.selfSigned("leaf");
    private static final X509Certificate ROOT = TestCertificates.selfSigned("root");
    private static final String LEAF_PEM = TestCertificates.pem(LEAF);
    private static final String ROOT_PEM = TestCertificates.pem(ROOT);

    @Test
    void parse_settingsKeyAndTrustedEntry_haveTheirValues() throws IOException {
        KeystoreFile file = parse(HEADER + "region: eu-west-1\n\nalias: release\nkey: " + ARN + "\n" + LEAF_PEM
                + ROOT_PEM + "\nalias: root-ca\n" + ROOT_PEM);
        assertEquals(Optional.of("eu-west-1"), settings(file).region());
        assertEquals(List.of("release", "root-ca"), file.aliases());
        assertEquals(Optional.of(FileEntry.ofKey("release", KEY, List.of(LEAF, ROOT))), file.entry("release"));
        assertEquals(Optional.of(FileEntry.ofTrusted("root-ca", ROOT)), file.entry("root-ca"));
        assertEquals(Optional.empty(), file.entry("Release"));
    }

    @Test
    void parse_headerOnly_isEmpty() throws IOException {
        for (String content : List.of("# AWSKMS keystore 1", HEADER, HEADER + "\n\n", HEADER + "# nothing yet")) {
            KeystoreFile file = parse(content);
            assertEquals(List.of(), file.aliases());
            assertArrayEquals(content.getBytes(StandardCharsets.UTF_8), file.toBytes());
        }
    }

    @Test
    void parse_keyWithoutCertificate_isAnEntry() throws IOException {
        KeystoreFile file = parse(HEADER + "alias: a\nkey: alias/a\n");
        assertEquals(Optional.of(FileEntry.ofKey("a", KeyId.parse("alias/a"), List.of())), file.entry("a"));
    }

    @Test
    void parse_aliases_areKeptAsWritten() throws IOException {
        KeystoreFile file = parse(
                HEADER
                        + "alias:  My Release = x: y \nkey: alias/a\nalias: Schlüssel 鍵 😀\nkey: alias/b\nalias=#c\nkey=alias/c\n");
        assertEquals(List.of("My Release = x: y", "Schlüssel 鍵 😀", "#c"), file.aliases());
    }

    @Test
    void parse_customNames_areKept() throws IOException {
        String content = HEADER + "x-owner: team a\nx-owner: twice\nalias: a\nx-ticket: 1\nkey: alias/a\nx-b: 2\n"
                + LEAF_PEM + "x-c: 3\n";
        KeystoreFile file = parse(content);
        assertEquals(KmsSettings.from(List.of()), settings(file));
        assertArrayEquals(content.getBytes(StandardCharsets.UTF_8), file.toBytes());
    }

    @Test
    void parse_settingWithColonInItsValueOrEqualsSign_isRead() throws IOException {
        KeystoreFile file = parse(HEADER + "certificates: chains/a:b.pem\nattempts=2");
        assertEquals(
                Path.of("chains/a:b.pem"),
                settings(file).certificates().orElseThrow().path());
        assertEquals(2, settings(file).attempts());
    }

    @Test
    void parse_untidyPemAndOtherText_isRead() throws IOException {
        String indented = LEAF_PEM.lines().map(line -> " \t" + line + "  \n").reduce("", String::concat);
        String withGaps = ROOT_PEM.replace("\n", "\n \n").replace("MI", "M I");
        String withOldLabel = LEAF_PEM.replace("CERTIFICATE", "X509 CERTIFICATE");
        KeystoreFile file = parse(HEADER + "alias: a\nkey: alias/a\n" + indented
                + "subject=CN = root, O = x:y\n 0 s:/CN=root\nBag Attributes\n    friendlyName: root\nCertificate:\n"
                + withGaps + "# the old label\n" + withOldLabel);
        assertEquals(List.of(LEAF, ROOT, LEAF), file.entry("a").orElseThrow().certificates());
    }

    @Test
    void parse_byteOrderMarkAndCrlf_areKept() throws IOException {
        String content =
                "\uFEFF" + (HEADER + "region: eu-west-1\n\nalias: a\nkey: alias/a\n" + LEAF_PEM).replace("\n", "\r\n");
        KeystoreFile file = parse(content);
        assertEquals(List.of("a"), file.aliases());
        assertEquals(Optional.of("eu-west-1"), settings(file).region());
        assertArrayEquals(content.getBytes(StandardCharsets.UTF_8), file.toBytes());
    }

    @Test
    void parse_duplicateAlias_namesBothLines() {
        assertError(
                "r.awskms, line 6: alias 'a' is given twice, first in line 2",
                HEADER + "alias: a\nkey: alias/a\n\n# again\nalias: a\nkey: alias/b\n");
    }

    @ParameterizedTest
    @MethodSource
    void parse_mistake_namesItsLine(String error, String content) {
        assertError("r.awskms, line " + error, content);
    }

    static Stream<Arguments> parse_mistake_namesItsLine() {
        String entry = HEADER + "alias: a\nkey: alias/a\n";
        String names = "; an entry has alias:, key:, names beginning with x-, and certificates; settings stand above"
                + " the first entry; other text needs #";
        String keyForms = " is not a key identifier; write a key id (lower-case UUID or mrk- and 32 hex digits), a key"
                + " ARN, an alias name (alias/NAME) or an alias ARN";
        String noSecrets = "this block is a private key; remove it, because this file must not hold secrets";
        String privateKey = TestCertificates.pem("EC PRIVATE KEY", new byte[] {1, 2, 3});
        String begin = "-----BEGIN CERTIFICATE-----\n";
        String end = "-----END CERTIFICATE-----\n";
        String notKeystore = "1: not a keystore file; the first line must be '# AWSKMS keystore 1'";
        return Stream.of(
                Arguments.of(notKeystore, ""),
                Arguments.of(notKeystore, "alias: a\n"),
                Arguments.of(notKeystore, "# AWSKMS keystore 1 \n"),
                Arguments.of(
                        "1: written by a newer version (format 2); update kms-jca: this version reads format 1",
                        "# AWSKMS keystore 2\nwhatever\n"),
                Arguments.of("2: unknown setting 'regoin'; did you mean 'region'?", HEADER + "regoin: eu-west-1\n"),
                Arguments.of("3: attempts=0 is not a whole number from 1 to 100", HEADER + "\nattempts: 0\n"),
                Arguments.of(
                        "4: setting 'ecdsa' is given twice, first in line 2", HEADER + "ecdsa: fit\n\necdsa: fit\n"),
                Arguments.of("2: not a setting; write 'name: value', or # before a comment", HEADER + "just a text\n"),
                Arguments.of(
                        "3: key: without alias: above it; an entry begins with 'alias: NAME'",
                        HEADER + "\nkey: alias/a\n"),
                Arguments.of(
                        "2: a PEM block above the first entry; an entry begins with 'alias: NAME'", HEADER + LEAF_PEM),
                Arguments.of("3: 'a'" + keyForms, HEADER + "alias: a\nkey: a\n"),
                Arguments.of("4: key: is given twice in the entry 'a'; keep one", entry + "key: alias/a\n"),
                Arguments.of(
                        "2: the alias '' is not allowed: an alias must not be empty, and must not begin or end with a"
                                + " blank",
                        HEADER + "alias:\nkey: alias/a\n"),
                Arguments.of(
                        "2: an alias cannot hold line breaks, control characters or invisible characters",
                        HEADER + "alias: a\tb\nkey: alias/a\n"),
                Arguments.of("4: unknown name 'kye'" + names, entry + "kye: alias/a\n"),
                Arguments.of("3: unknown name 'Key'" + names, HEADER + "alias: a\nKey: alias/a\n"),
                Arguments.of("4: unknown name 'region'" + names, entry + "region: eu-west-1\n"),
                Arguments.of("4: neither field nor certificate" + names, entry + "some text\n"),
                Arguments.of(
                        "2: entry 'a' has no line 'key:', so it needs exactly one certificate, but it has 0",
                        HEADER + "alias: a\n"),
                Arguments.of(
                        "3: entry 'a' has no line 'key:', so it needs exactly one certificate, but it has 2",
                        HEADER + "\nalias: a\n" + LEAF_PEM + ROOT_PEM),
                Arguments.of(
                        "3: entry 'a' has more than 20 certificates; keep only the certificates of its chain",
                        HEADER + "\nalias: a\nkey: alias/a\n" + LEAF_PEM.repeat(21)),
                Arguments.of("4: END line without a BEGIN line above it", entry + end),
                Arguments.of("4: this PEM block has no END line", entry + begin + "AAAA\n"),
                Arguments.of("4: this PEM block has no END line", entry + begin + "AAAA\n" + LEAF_PEM),
                Arguments.of(
                        "5: END line does not match the BEGIN line in line 4",
                        entry + begin + "-----END X509 CERTIFICATE-----\n"),
                Arguments.of(
                        "4: damaged BEGIN or END line of a PEM block; such lines look like -----BEGIN CERTIFICATE-----"
                                + " and -----END CERTIFICATE-----",
                        entry + "-----BEGIN CERTIFICATE----\n"),
                Arguments.of(
                        "4: PEM block 'PUBLIC KEY' is not a certificate; only certificates are allowed here",
                        entry + TestCertificates.pem("PUBLIC KEY", new byte[3])),
                Arguments.of(
                        "5: damaged certificate: Illegal base64 character 2a", entry + "\n" + begin + "AA*A\n" + end),
                Arguments.of("4: damaged certificate: not a DER sequence", entry + begin + end),
                Arguments.of("4: damaged certificate: not a DER sequence", entry + begin + "LS0tLS1C\n" + end),
                Arguments.of(
                        "4: damaged certificate: the encoding must contain exactly one X.509 certificate and nothing after it",
                        entry + TestCertificates.pem("CERTIFICATE", withTrailingByte())),
                Arguments.of("4: " + noSecrets, entry + privateKey),
                Arguments.of("2: " + noSecrets, HEADER + privateKey),
                // the line ends are escaped, as in JSON
                Arguments.of("4: " + noSecrets, entry + "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END-----\n"));
    }

    @Test
    void parse_truncatedCertificate_namesTheFirstLineOfTheBlock() throws Exception {
        byte[] half = Arrays.copyOf(LEAF.getEncoded(), 100);
        String content = HEADER + "alias: a\nkey: alias/a\n" + TestCertificates.pem("CERTIFICATE", half);
        IOException error = assertThrows(IOException.class, () -> parse(content));
        assertTrue(String.valueOf(error.getMessage()).startsWith("r.awskms, line 4: damaged certificate: "));
    }

    @ParameterizedTest
    @MethodSource
    void parse_fieldBelowACertificate_isRefused(String error, String line) {
        String content = HEADER + "alias: a\nkey: alias/a\n" + LEAF_PEM + line + "\n";
        long number = 4 + LEAF_PEM.lines().count();
        assertError("r.awskms, line " + number + ": " + error, content);
    }

    static Stream<Arguments> parse_fieldBelowACertificate_isRefused() {
        String names = "; an entry has alias:, key:, names beginning with x-, and certificates; settings stand above"
                + " the first entry; other text needs #";
        return Stream.of(
                Arguments.of("key: below a certificate; it belongs directly below alias:", "key: alias/b"),
                Arguments.of("unknown name 'alais'" + names, "alais: b"),
                Arguments.of("unknown name 'Alias'" + names, "Alias: b"),
                Arguments.of("unknown name 'KEY'" + names, "  KEY = alias/b"),
                // line ends of a pattern, but not of the file
                Arguments.of("unknown name 'allias'" + names, "allias: b\u2028"),
                Arguments.of("unknown name 'allias'" + names, "allias: b\u2029c"),
                Arguments.of("unknown name 'allias'" + names, "allias: b\u0085"),
                Arguments.of("unknown name 'allias'" + names, "allias: b\rc"));
    }

    @Test
    void parse_binaryFile_isRefused() {
        byte[] content = {'x', (byte) 0xFE, '\n', 1};
        IOException error = assertThrows(IOException.class, () -> KeystoreFile.parse(content, "r.awskms"));
        assertEquals(
                "r.awskms, line 1: not a keystore file; the first line must be '# AWSKMS keystore 1'",
                error.getMessage());
    }

    @Test
    void parse_notUtf8_namesTheLine() {
        byte[] content = (HEADER + "\nalias: für\n").getBytes(StandardCharsets.ISO_8859_1);
        IOException error = assertThrows(IOException.class, () -> KeystoreFile.parse(content, "r.awskms"));
        assertEquals("r.awskms, line 3: not UTF-8; save the file as UTF-8", error.getMessage());
        // the content ends between the two bytes of the letter ü
        byte[] cut = Arrays.copyOf("# AWSKMS keystore 1\n# ü".getBytes(StandardCharsets.UTF_8), 23);
        assertThrows(IOException.class, () -> KeystoreFile.parse(cut, "r.awskms"));
    }

    @Test
    void parse_hundredThousandEntries_readsAll() throws IOException {
        StringBuilder content = new StringBuilder(HEADER);
        for (int i = 0; i < 100_000; i++) {
            content.append("\n# entry ").append(i).append("\nalias: entry-").append(i);
            content.append("\nkey: ").append(ARN).append('\n').append(i % 10 == 0 ? LEAF_PEM : "");
        }
        KeystoreFile file = parse(content.toString());
        assertEquals(100_000, file.aliases().size());
        assertEquals(List.of(LEAF), file.entry("entry-99990").orElseThrow().certificates());
        assertEquals(content.toString(), new String(file.toBytes(), StandardCharsets.UTF_8));
    }

    private static byte[] withTrailingByte() {
        try {
            byte[] encoded = LEAF.getEncoded();
            return Arrays.copyOf(encoded, encoded.length + 1);
        } catch (CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KmsSettings settings(KeystoreFile file) {
        return file.settings(new Configuration());
    }

    private static KeystoreFile parse(String content) throws IOException {
        return KeystoreFile.parse(content.getBytes(StandardCharsets.UTF_8), "r.awskms");
    }

    private static void assertError(String text, String content) {
        assertEquals(text, assertThrows(IOException.class, () -> parse(content)).getMessage());
    }
}

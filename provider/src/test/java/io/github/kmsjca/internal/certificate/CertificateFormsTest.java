package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static io.github.kmsjca.testing.TestCertificates.ca;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static io.github.kmsjca.testing.TestCertificates.pem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestCertificates.Party;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests reading certificates as OpenSSL, keytool, iconv, AWS and people write them, and the errors for other files. */
class CertificateFormsTest {
    private static final Party ROOT = Party.ec("root");
    private static final Party CA = Party.ec("ca");
    private static final Party LEAF = Party.ec("leaf");
    private static final X509Certificate ROOT_CERTIFICATE = ca(ROOT, ROOT);
    private static final X509Certificate CA_CERTIFICATE = ca(CA, ROOT);
    private static final X509Certificate LEAF_CERTIFICATE = issue(LEAF, CA);
    private static final List<X509Certificate> CHAIN = List.of(LEAF_CERTIFICATE, CA_CERTIFICATE, ROOT_CERTIFICATE);

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();

    /** Skips the tests if a tool is missing. With {@code CI=true} they fail instead. */
    @BeforeAll
    static void requireTools() {
        for (String tool : List.of("bash", "openssl", "iconv")) {
            boolean isInstalled = Stream.of(
                            System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
            String text = "NOT TESTED: there is no '" + tool + "' on the path; install it";
            assertFalse(!isInstalled && "true".equals(System.getenv("CI")), text);
            assumeTrue(isInstalled, text);
        }
    }

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("leaf.pem"), pem(LEAF_CERTIFICATE));
        Files.writeString(folder.resolve("ca.pem"), pem(CA_CERTIFICATE));
        Files.writeString(folder.resolve("root.pem"), pem(ROOT_CERTIFICATE));
        Files.writeString(
                folder.resolve("all.pem"), pem(ROOT_CERTIFICATE) + pem(LEAF_CERTIFICATE) + pem(CA_CERTIFICATE));
        Files.writeString(
                folder.resolve("leaf.key"),
                pem("PRIVATE KEY", LEAF.keys().getPrivate().getEncoded()));
    }

    /** Runs a Bash command, and returns the file that contains its output. */
    private Path outputOf(String command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment()
                .put(
                        "KEYTOOL",
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString());
        assertEquals(0, builder.start().waitFor(), () -> {
            try {
                return command + "\n" + Files.readString(errors);
            } catch (IOException unreadable) {
                return command;
            }
        });
        return out;
    }

    private List<X509Certificate> chain(Path file) {
        return new FileSource(new CertificateFiles(file, new LoggedTexts(log)), InstantSource.fixed(NOW))
                .chain(LEAF.keys().getPublic(), Purpose.SIGNATURE);
    }

    private String refusal(Path file) {
        String prefix = "setting certificates: " + file;
        String text = String.valueOf(
                assertThrows(SettingsException.class, () -> chain(file)).getMessage());
        assertEquals(1, text.lines().count(), text);
        assertEquals(prefix, text.substring(0, prefix.length()));
        return text.substring(prefix.length());
    }

    /** Bash commands that write a certificate revocation list to {@code crl.pem}. */
    private static final String CRL =
            "printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index\\ndefault_md=sha256\\n' > ca.cnf;"
                    + " touch index; openssl ca -gencrl -config ca.cnf -keyfile leaf.key -cert leaf.pem -crldays 9 > crl.pem; ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // PEM with a byte order mark, CR, CRLF, trailing blanks, text around
                "printf '\\357\\273\\277'; cat all.pem",
                "sed 's/$/\\r/' all.pem",
                "tr '\\n' '\\r' < all.pem",
                "sed 's/$/ \\t /' all.pem",
                "for f in leaf ca root; do openssl x509 -text -in $f.pem; echo '# ünïcode'; done",
                "openssl crl2pkcs7 -nocrl -certfile all.pem | openssl pkcs7 -print_certs",
                "echo '0 s:CN = x'; cat all.pem",
                "echo 0; cat all.pem",
                "tr -d '\\n' < all.pem",
                // UTF-16, as PowerShell writes it, and other encodings
                "printf '\\377\\376'; iconv -f utf-8 -t utf-16le all.pem",
                "iconv -f utf-8 -t utf-16 all.pem",
                "iconv -f utf-8 -t utf-16be all.pem",
                "iconv -f utf-8 -t utf-32 all.pem",
                "cat leaf.pem ca.pem; iconv -f utf-8 -t utf-16le root.pem",
                // several blocks on one line
                "printf '%s\\t%s\\n' \"$(cat leaf.pem)\" \"$(cat ca.pem root.pem)\"",
                "for f in leaf ca root; do printf '%s' \"$(cat $f.pem)\"; done",
                // PKCS #7
                "openssl crl2pkcs7 -nocrl -certfile all.pem",
                "openssl crl2pkcs7 -nocrl -certfile all.pem | sed 's/PKCS7/CERTIFICATE/'",
                "openssl crl2pkcs7 -nocrl -certfile all.pem | sed 's/PKCS7/PKCS #7 SIGNED DATA/'",
                "openssl crl2pkcs7 -nocrl -certfile all.pem | sed 's/PKCS7/CMS/'",
                "openssl crl2pkcs7 -nocrl -certfile all.pem -outform DER",
                "cat leaf.pem; openssl crl2pkcs7 -nocrl -certfile ca.pem -certfile root.pem",
                "cat ca.pem root.pem > issuers.pem; echo hi | openssl cms -sign -signer leaf.pem -inkey leaf.key -outform DER -nodetach -certfile issuers.pem",
                // DER, and concatenated DER
                "for f in root leaf ca; do openssl x509 -in $f.pem -outform DER; done",
                "for f in root leaf ca; do openssl x509 -in $f.pem -outform DER; done; echo",
                // OpenSSL's own form
                "for f in leaf ca root; do openssl x509 -in $f.pem -trustout -addtrust codeSigning; done",
                "cat ca.pem root.pem; openssl x509 -in leaf.pem -trustout -setalias release",
                // blocks that are not certificates
                "openssl ecparam -name prime256v1; openssl pkey -in leaf.key -pubout; cat all.pem",
                "openssl ecparam -name prime256v1 -param_enc explicit; cat all.pem",
                "openssl req -new -key leaf.key -subj /CN=x; cat all.pem",
                CRL + "cat crl.pem all.pem",
                CRL + "openssl crl2pkcs7 -in crl.pem -certfile all.pem",
                // PKCS #12 whose certificates are encrypted with an empty password, or not encrypted
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass:",
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass: -certpbe PBE-SHA1-3DES -macalg SHA1",
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass: -certpbe AES-128-CBC -nomac",
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass: -certpbe NONE -nomac",
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass:secret -certpbe NONE"
            })
    void chain_outputOfCommand_isRead(String command) throws Exception {
        assertEquals(CHAIN, chain(outputOf(command)));
    }

    /** The last byte of a certificate can have the value of a line end. A reader must not remove it. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r"})
    void chain_certificateEndsWithALineEndByte_isRead(String lineEnd) throws Exception {
        X509Certificate leaf;
        do {
            leaf = issue(LEAF, CA);
        } while (leaf.getEncoded()[leaf.getEncoded().length - 1] != lineEnd.charAt(0));
        Path file = folder.resolve("certificates.der");
        for (String after : List.of("", lineEnd)) {
            Files.write(file, ROOT_CERTIFICATE.getEncoded());
            Files.write(file, CA_CERTIFICATE.getEncoded(), StandardOpenOption.APPEND);
            Files.write(file, leaf.getEncoded(), StandardOpenOption.APPEND);
            Files.writeString(file, after, StandardOpenOption.APPEND);
            assertEquals(List.of(leaf, CA_CERTIFICATE, ROOT_CERTIFICATE), chain(file));
        }
    }

    /** RC2, an old cipher of PKCS #12, needs a module of OpenSSL that some systems do not have. */
    @Test
    void chain_pkcs12OfOldOpenssl_isRead() throws Exception {
        String command = "openssl pkcs12 -legacy -export -nokeys -in all.pem -passout pass: -certpbe PBE-SHA1-RC2-40"
                + " || true";
        Path file = outputOf(command);
        assumeTrue(Files.size(file) > 0, "NOT TESTED: this OpenSSL has no RC2");
        assertEquals(CHAIN, chain(file));
    }

    @Test
    void chain_pkcs12InPem_isRead() throws Exception {
        assertEquals(
                CHAIN,
                chain(outputOf("echo '-----BEGIN PKCS12-----'; openssl pkcs12 -export -nokeys -in all.pem"
                        + " -passout pass: | base64; echo '-----END PKCS12-----'")));
    }

    private static final String IMPORT_CERTIFICATES =
            "for f in leaf ca root; do $KEYTOOL -importcert -noprompt -alias $f -file $f.pem"
                    + " -keystore store -storepass secret -storetype ";

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "JCEKS"})
    void chain_oldKeystoreWithPassword_isRead(String type) throws Exception {
        assertEquals(CHAIN, chain(outputOf(IMPORT_CERTIFICATES + type + " >&2; done; cat store")));
    }

    @Test
    void chain_pkcs12OfKeytoolWithoutEncryptionAndMac_isRead() throws Exception {
        String properties = " -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE -J-Dkeystore.pkcs12.macAlgorithm=NONE";
        assertEquals(CHAIN, chain(outputOf(IMPORT_CERTIFICATES + "PKCS12" + properties + " >&2; done; cat store")));
    }

    private static final String PKCS12_WITH_KEY =
            "cat leaf.pem ca.pem root.pem | openssl pkcs12 -export -inkey leaf.key -passout pass:secret";

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "JCEKS"})
    void chain_oldKeystoreWithPrivateKey_readsOnlyTheChain(String type) throws Exception {
        Path file = outputOf(PKCS12_WITH_KEY + " > key.p12; $KEYTOOL -importkeystore -srckeystore key.p12"
                + " -srcstorepass secret -destkeystore store -deststorepass secret -deststoretype " + type
                + " >&2; cat store");
        assertEquals(CHAIN, chain(file));
        assertEquals(List.of(file + ": skipped a private key, and read its certificates"), log);
    }

    @Test
    void chain_jceksWithOnlyASecretKey_hasNoCertificate() throws Exception {
        Path file = outputOf("$KEYTOOL -genseckey -alias s -keyalg AES -keysize 128 -keystore store -storetype JCEKS"
                + " -storepass secret -keypass secret >&2; cat store");
        assertEquals(
                " holds no certificate; name a file with certificates (PEM, DER, PKCS #7, PKCS #12 or JKS)",
                refusal(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass:secret",
                "openssl pkcs12 -export -nokeys -in all.pem -passout pass:secret -certpbe PBE-SHA1-3DES",
                "$KEYTOOL -importcert -noprompt -alias a -file leaf.pem -keystore store -storepass secret"
                        + " -storetype PKCS12 >&2; cat store"
            })
    void chain_pkcs12WithPassword_isRefusedAndNamesTheRemedy(String command) throws Exception {
        assertEquals(
                " is protected by a password, so its certificates cannot be read; write the certificates as PEM"
                        + " ('openssl pkcs12 -nokeys', or 'keytool -exportcert -rfc')",
                refusal(outputOf(command)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat all.pem leaf.key",
                "cat all.pem; openssl pkey -in leaf.key -traditional",
                "cat all.pem; openssl pkcs8 -topk8 -in leaf.key -passout pass:secret",
                "cat all.pem; sed 's/PRIVATE KEY/CERTIFICATE/' leaf.key",
                "cat all.pem; sed 's/PRIVATE KEY/PARAMETERS/' leaf.key",
                "iconv -f utf-8 -t utf-16 leaf.key",
                "openssl pkey -in leaf.key -outform DER",
                "openssl pkey -in leaf.key -traditional -outform DER",
                "openssl pkcs8 -topk8 -in leaf.key -passout pass:secret -outform DER",
                PKCS12_WITH_KEY,
                PKCS12_WITH_KEY + " -keypbe NONE -certpbe NONE -nomac",
                PKCS12_WITH_KEY + " > key.p12; cat all.pem; echo '-----BEGIN PKCS12-----'; base64 key.p12;"
                        + " echo '-----END PKCS12-----'",
                "cat all.pem | tr -d '\\n'; cat leaf.key | tr -d '\\n'"
            })
    void chain_privateKey_isRefusedWithoutRepeatingIt(String command) throws Exception {
        String text = refusal(outputOf(command));
        String partOfKey = pem("", LEAF.keys().getPrivate().getEncoded())
                .lines()
                .toList()
                .get(1)
                .substring(9);
        assertTrue(text.contains("a private key"), text);
        assertFalse(text.contains(partOfKey), text);
    }

    @Test
    void chain_blocksThatAreNotCertificates_areLogged() throws Exception {
        Path file = outputOf("openssl ecparam -name prime256v1; cat all.pem; openssl pkey -in leaf.key -pubout");
        assertEquals(CHAIN, chain(file));
        long lines =
                CHAIN.stream().flatMap(certificate -> pem(certificate).lines()).count();
        assertEquals(
                List.of(
                        file + ", line 1: skipped 'EC PARAMETERS', which is not a certificate",
                        // the block EC PARAMETERS has 3 lines
                        file + ", line " + (1 + 3 + lines) + ": skipped 'PUBLIC KEY', which is not a certificate"),
                log);
    }

    /**
     * Answers of AWS Private CA and AWS Certificate Manager, with escaped line ends. {@link AwsCliFormsTest} runs the
     * AWS CLI.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n    \"Certificate\": \"LEAF\",\n    \"CertificateChain\": \"CHAIN\"\n}\n",
                "{\"CertificateChain\":\"CHAIN\",\"Certificate\":\"LEAF\"}",
                "LEAF\tCHAIN",
                "{\"body\":\"{\\\"Certificate\\\":\\\"LEAF\\\",\\\"CertificateChain\\\":\\\"CHAIN\\\"}\"}"
            })
    void chain_answerOfAws_isRead(String form) throws Exception {
        String chain = (pem(CA_CERTIFICATE) + pem(ROOT_CERTIFICATE)).strip();
        String leaf = pem(LEAF_CERTIFICATE).strip();
        String text = form.replace("LEAF", escaped(leaf)).replace("CHAIN", escaped(chain));
        assertEquals(CHAIN, chain(Files.writeString(folder.resolve("out"), text)));
        // JSON can contain these characters as escapes
        String more = text.replace("/", "\\/").replace("=", "\\u003d");
        assertEquals(CHAIN, chain(Files.writeString(folder.resolve("out"), more)));
    }

    private static String escaped(String pem) {
        return pem.replace("\n", "\\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nAAAA\n|, line 1: this PEM block has no END line",
                "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n|, line 2: PEM block 'CERTIFICATE' cannot"
                        + " be read (not a DER sequence); replace or remove it",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n|, line 1: PEM block 'CERTIFICATE' cannot be"
                        + " read (not a DER sequence); replace or remove it",
                "\r\r-----END CERTIFICATE-----|, line 3: END line without a BEGIN line above it",
                "-----BEGIN CERTIFICATE----\nAAAA|, line 1: damaged BEGIN or END line of a PEM block; such lines look"
                        + " like -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END PKCS7-----\n|, line 3: END line does not match the BEGIN line"
                        + " in line 1",
                "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n|, line 1: PEM block 'PKCS7' cannot be read (",
                // the content type is data, not signed data
                "-----BEGIN CMS-----\nMAsGCSqGSIb3DQEHAQ==\n-----END CMS-----\n|, line 1: PEM block 'CMS' cannot be read"
                        + " (it contains no certificates; its content type is 1.2.840.113549.1.7.1); replace or remove"
                        + " it",
                "text| holds no certificate; name a file with certificates (PEM, DER, PKCS #7, PKCS #12 or JKS)"
            })
    void chain_damagedPemOrTextWithoutCertificates_errorSaysWhatIsWrong(String contentAndError) throws Exception {
        int bar = contentAndError.indexOf('|');
        String error = contentAndError.substring(bar + 1);
        String text = refusal(Files.writeString(folder.resolve("out"), contentAndError.substring(0, bar)));
        assertEquals(error, text.substring(0, Math.min(text.length(), error.length())));
    }

    @Test
    void chain_keystoreThatIsCutOff_isRefusedInOneLine() throws Exception {
        Path file = outputOf(IMPORT_CERTIFICATES + "JKS >&2; done; head -c 700 store");
        assertEquals(" is a damaged Java keystore (it is cut off); write the certificates as PEM", refusal(file));
        byte[] headerWithManyEntries = {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED, 0, 0, 0, 2, 127, 0, 0, 0};
        assertEquals(
                " is a damaged Java keystore (it is cut off); write the certificates as PEM",
                refusal(Files.write(folder.resolve("many"), headerWithManyEntries)));
    }

    @Test
    void chain_keystoreWithAnEntryOfUnknownType_isRefused() throws Exception {
        byte[] content = {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 7};
        assertEquals(
                " is a damaged Java keystore (it has an entry of an unknown type); write the certificates as PEM",
                refusal(Files.write(folder.resolve("unknown"), content)));
    }
}

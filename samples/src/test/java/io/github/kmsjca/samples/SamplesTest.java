package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs each sample. Other programs check the results. */
class SamplesTest {
    /** Exit codes of curl: the server has closed the connection, with or without an alert. */
    private static final Set<Integer> CURL_CANNOT_READ = Set.of(52, 56);

    private static final int CURL_UNTRUSTED_SERVER = 60;

    private static SampleRunner samples;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        samples = new SampleRunner();
        for (String spec :
                new String[] {"RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1"}) {
            samples.emulator().createKey(spec, "SIGN_VERIFY", "alias/" + spec);
        }
        samples.emulator().createKey("ECC_NIST_P384", "SIGN_VERIFY", "alias/root");
        samples.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT", "alias/letters");
    }

    @AfterAll
    static void stop() {
        samples.close();
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String shell(int code, String command) throws IOException, InterruptedException {
        return Shell.in(folder).run("sh", "-euc", command).requireCode(code).output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1"})
    void signFile_rsaOrEcKey_printsTheOpensslCommandThatVerifies(String spec) throws IOException, InterruptedException {
        Shell.require("openssl");
        Path signed = Files.writeString(file("it's a file.txt"), "a message");
        String command = samples.run(Sample.SIGN_FILE, "alias/" + spec, signed);
        samples.run(Sample.PUBLIC_KEY, "alias/" + spec, file("public.pem"));
        assertEquals("Verified OK\n", shell(0, command));
        Files.writeString(signed, "another message");
        assertTrue(shell(1, command).contains("Verification failure\n"));
    }

    @Test
    void signFile_twoFiles_signsBoth() throws IOException {
        Path one = Files.writeString(file("one"), "1");
        Path empty = Files.writeString(file("empty"), "");
        samples.run(Sample.SIGN_FILE, "alias/RSA_2048", one, empty);
        assertEquals(2, samples.emulator().requests().of("Sign").size());
        assertNotEquals(-1, Files.mismatch(file("one.sig"), file("empty.sig")));
    }

    @ParameterizedTest
    @CsvSource({"RSA_2048, RS256", "RSA_2048, PS256", "ECC_NIST_P256, ES256"})
    void issueToken_anyAlgorithm_nodeAcceptsOnlyTheRealToken(String spec, String algorithm)
            throws IOException, InterruptedException {
        Shell.require("node");
        String token = samples.run(Sample.ISSUE_TOKEN, "alias/" + spec, algorithm, "alice", file("jwks.json"))
                .strip();
        String verify = "node '" + Path.of("verify-token.js").toAbsolutePath() + "' jwks.json ";
        assertEquals(algorithm + " valid, subject alice\n", shell(0, verify + token));
        String other = samples.run(Sample.ISSUE_TOKEN, "alias/" + spec, algorithm, "mallory", file("jwks.json"))
                .strip();
        String forged = other.substring(0, other.lastIndexOf('.')) + token.substring(token.lastIndexOf('.'));
        assertEquals(algorithm + " INVALID\n", shell(1, verify + forged));
    }

    @Test
    void verifyToken_expiredOrForOthersOrOfAnUnknownKey_isInvalid() throws IOException, InterruptedException {
        Shell.require("node");
        String token = samples.run(Sample.ISSUE_TOKEN, "alias/ECC_NIST_P256", "ES256", "alice", file("jwks.json"))
                .strip();
        samples.run(Sample.ISSUE_TOKEN, "alias/RSA_2048", "RS256", "alice", file("other.json"));
        String program = Files.readString(Path.of("verify-token.js"));
        Files.writeString(file("verify.js"), program);
        Files.writeString(file("issuer.js"), program.replace("https://issuer.example", "https://other.example"));
        Files.writeString(file("audience.js"), program.replace("https://api.example", "https://other.example"));
        Files.writeString(file("later.js"), "const now = Date.now(); Date.now = () => now + 300_000;\n" + program);
        assertEquals("ES256 valid, subject alice\n", shell(0, "node verify.js jwks.json " + token));
        for (String invalid : List.of("issuer.js jwks", "audience.js jwks", "later.js jwks", "verify.js other")) {
            assertEquals("ES256 INVALID\n", shell(1, "node " + invalid + ".json " + token), invalid);
        }
    }

    @Test
    void issueToken_algorithmOfOtherKey_isRefused() throws IOException {
        String output = samples.start("issue-token", "alias/ECC_NIST_P256", "RS256", "alice", file("jwks.json"))
                .requireCode(1)
                .output();
        assertTrue(output.matches("issue-token: The RS256 algorithm is not allowed .*\\[ES256]\n"), output);
        assertFalse(Files.exists(file("jwks.json")));
    }

    /** Makes an authority, a server's keystore file, and a client's certificate for a key that OpenSSL makes. */
    private void issueCertificates() throws IOException, InterruptedException {
        Shell.require("openssl");
        samples.run(Sample.CREATE_AUTHORITY, "alias/root", "CN=Example Root", file("root.pem"));
        samples.run(Sample.REQUEST_CERTIFICATE, "alias/RSA_2048", "CN=Example Server", file("server.csr"), "localhost");
        issue("server", "serverAuth");
        Files.writeString(file("chain.pem"), Files.readString(file("server.pem")) + Files.readString(file("root.pem")));
        samples.run(Sample.IMPORT_CERTIFICATE, "alias/RSA_2048", file("chain.pem"), file("server.awskms"), "server");
        shell(
                0,
                "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout client.key -subj /CN=alice"
                        + " -out client.csr");
        issue("client", "clientAuth");
    }

    private void issue(String name, String purpose) throws IOException {
        samples.run(
                Sample.ISSUE_CERTIFICATE,
                "alias/root",
                file("root.pem"),
                file(name + ".csr"),
                purpose,
                file(name + ".pem"));
    }

    @Test
    void certificates_opensslReadsAndVerifies() throws IOException, InterruptedException {
        Shell.require("openssl");
        issueCertificates();
        assertTrue(shell(0, "openssl req -verify -noout -text -in server.csr").contains("DNS:localhost"));
        String verify = "openssl verify -x509_strict -CAfile root.pem -purpose ";
        assertEquals("server.pem: OK\n", shell(0, verify + "sslserver -verify_hostname localhost server.pem"));
        assertEquals("client.pem: OK\n", shell(0, verify + "sslclient client.pem"));
        assertTrue(shell(2, verify + "sslserver client.pem").contains("unsuitable certificate purpose"));
    }

    @Test
    void issueCertificate_requestWithWrongSignature_isRefused() throws IOException, InterruptedException {
        issueCertificates();
        byte[] request = Base64.getMimeDecoder()
                .decode(Files.readString(file("client.csr")).replaceAll("-----.*-----", ""));
        request[request.length - 1] ^= 1;
        Files.writeString(
                file("client.csr"),
                "-----BEGIN CERTIFICATE REQUEST-----\n"
                        + Base64.getMimeEncoder().encodeToString(request)
                        + "\n-----END CERTIFICATE REQUEST-----\n");
        assertEquals(
                "issue-certificate: the request was not signed by the key that it contains\n",
                samples.start(
                                "issue-certificate",
                                "alias/root",
                                file("root.pem"),
                                file("client.csr"),
                                "clientAuth",
                                file("client.pem"))
                        .requireCode(2)
                        .output());
    }

    @Test
    void issueCertificate_requestWithManyNames_keepsOnlyDnsNames() throws IOException, InterruptedException {
        Shell.require("openssl");
        samples.run(Sample.CREATE_AUTHORITY, "alias/root", "CN=Example Root", file("root.pem"));
        String names = "email:root@example.com,IP:192.0.2.1,DNS:www.example.com,URI:https://example.com";
        shell(
                0,
                "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout some.key -subj /CN=some"
                        + " -addext subjectAltName=critical," + names + " -out some.csr");
        issue("some", "serverAuth");
        String extension = shell(0, "openssl x509 -in some.pem -noout -ext subjectAltName");
        assertEquals("X509v3 Subject Alternative Name: \n    DNS:www.example.com\n", extension);
    }

    @Test
    void issueCertificate_withTheCertificateOfAnotherAuthority_isRefused() throws IOException, InterruptedException {
        issueCertificates();
        String expected = ": AUTHORITY and AUTHORITY_KEY have different public keys\n";
        assertEquals(
                "issue-certificate" + expected,
                samples.start(
                                "issue-certificate",
                                "alias/ECC_NIST_P384",
                                file("root.pem"),
                                file("client.csr"),
                                "clientAuth",
                                file("client.pem"))
                        .requireCode(2)
                        .output());
        assertEquals(
                "issue-mail-certificate" + expected,
                samples.start(
                                "issue-mail-certificate",
                                "alias/ECC_NIST_P384",
                                file("root.pem"),
                                "alias/letters",
                                "office@example.com",
                                file("office.pem"))
                        .requireCode(2)
                        .output());
    }

    @Test
    void tlsServer_clientWithCertificate_isGreetedAndOthersAreRefused() throws Exception {
        Shell.require("curl");
        Shell.require("openssl");
        issueCertificates();
        samples.emulator().requests().clear();
        HttpsServer server = TlsServer.start(TlsServer.context(file("server.awskms"), file("root.pem")), 0);
        try {
            int port = server.getAddress().getPort();
            String curl = "curl -sS --cacert root.pem https://localhost:" + port + "/";
            assertEquals("hello CN=alice\n", shell(0, curl + " --cert client.pem --key client.key"));
            assertEquals(Set.of("Sign"), samples.calls());
            assertEquals(SampleRunner.actions(Sample.TLS_SERVER), samples.calls());
            // TLS 1.3: the server refuses the client after curl has finished its handshake, so curl fails while reading
            Shell.Result refused = Shell.in(folder).run("sh", "-euc", curl);
            assertTrue(CURL_CANNOT_READ.contains(refused.exitCode()), refused.toString());
            String untrusted = "curl -sS https://localhost:" + port + "/ --cert client.pem --key client.key";
            shell(CURL_UNTRUSTED_SERVER, untrusted);
            assertTrue(server.getAddress().getAddress().isLoopbackAddress());
            String connection = shell(
                    0,
                    "openssl s_client -brief -connect localhost:" + port + " -verify_hostname localhost"
                            + " -verify_return_error -CAfile root.pem -cert client.pem -key client.key </dev/null");
            assertTrue(connection.contains("Verification: OK"), connection);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void decryptMail_withTwoRecipients_needsTheCertificateAndOaep() throws IOException, InterruptedException {
        Shell.require("openssl");
        samples.run(Sample.CREATE_AUTHORITY, "alias/root", "CN=Example Root", file("root.pem"));
        samples.run(
                Sample.ISSUE_MAIL_CERTIFICATE,
                "alias/root",
                file("root.pem"),
                "alias/letters",
                "office@example.com",
                file("office.pem"));
        String usable = shell(0, "openssl verify -x509_strict -CAfile root.pem -purpose smimeencrypt office.pem");
        assertEquals("office.pem: OK\n", usable);
        Files.writeString(file("letter.txt"), "Dear office, the café is open.\n");
        shell(0, "openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -subj /CN=other -out other.pem");
        String encrypt = "openssl cms -encrypt -aes256 -in letter.txt -out mail.eml -recip office.pem";
        String oaep = " -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256";
        shell(0, encrypt.replace("office", "other") + oaep + " -recip office.pem" + oaep);
        assertEquals(
                "Dear office, the café is open.",
                samples.run(Sample.DECRYPT_MAIL, "alias/letters", file("office.pem"), file("mail.eml"))
                        .strip());
        assertEquals(
                "decrypt-mail: the message was not encrypted with this certificate\n",
                samples.start("decrypt-mail", "alias/letters", file("root.pem"), file("mail.eml"))
                        .requireCode(1)
                        .output());
        // without OAEP
        shell(0, encrypt);
        assertEquals(
                "decrypt-mail: the mail was encrypted with a padding that KMS does not have; ask the sender for"
                        + " RSA-OAEP\n",
                samples.start("decrypt-mail", "alias/letters", file("office.pem"), file("mail.eml"))
                        .requireCode(1)
                        .output());
    }

    @Test
    void issueMailCertificate_addressWithPlus_isInTheCertificate() throws IOException, InterruptedException {
        Shell.require("openssl");
        samples.run(Sample.CREATE_AUTHORITY, "alias/root", "CN=Example Root", file("root.pem"));
        samples.run(
                Sample.ISSUE_MAIL_CERTIFICATE,
                "alias/root",
                file("root.pem"),
                "alias/letters",
                "office+mail@example.com",
                file("office.pem"));
        String extension = shell(0, "openssl x509 -in office.pem -noout -ext subjectAltName");
        assertEquals("X509v3 Subject Alternative Name: \n    email:office+mail@example.com\n", extension);
    }

    @Test
    void signPdf_popplerVerifiesTheSignatureAndSeesAChange() throws IOException, InterruptedException {
        Shell.require("pdfsig");
        issueCertificates();
        samples.run(Sample.SIGN_PDF, file("server.awskms"), "server", Path.of("letter.pdf"), file("signed.pdf"));
        String read = shell(0, "pdfsig -nocert signed.pdf");
        assertTrue(
                read.contains("Signer Certificate Common Name: Example Server")
                        && read.contains("Signature Validation: Signature is Valid.")
                        && read.contains("Total document signed"),
                read);
        String altered = Files.readString(file("signed.pdf"), StandardCharsets.ISO_8859_1)
                .replace("A letter to sign", "A letter to sigh");
        Files.writeString(file("altered.pdf"), altered, StandardCharsets.ISO_8859_1);
        String refused = shell(0, "pdfsig -nocert altered.pdf");
        assertTrue(refused.contains("Signature Validation: Digest Mismatch."), refused);
    }
}

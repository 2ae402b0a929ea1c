package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code check} tries with each kind of key, what it reports about misspelt names and missing answers, and its
 * output as JSON and in colors.
 */
class CheckUseTest {
    private static final String RSA = "RSA_2048";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static Commands.Result check(String... words) {
        return Commands.run("check", words);
    }

    private static String key(String spec, String usage) {
        String key = TestKms.emulator().createKey(spec, usage);
        TestKms.emulator().requests().clear();
        return key;
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, SIGN_VERIFY, Sign, SHA256withRSA (RSASSA_PKCS1_V1_5_SHA_256)",
        "RSA_2048, ENCRYPT_DECRYPT, Decrypt, RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
        "ECC_NIST_P256, KEY_AGREEMENT, DeriveSharedSecret, ECDH",
        "ML_KEM_768, ENCAPSULATE_DECAPSULATE, Decapsulate, ML-KEM",
        "HMAC_256, GENERATE_VERIFY_MAC, GenerateMac, HmacSHA256"
    })
    void check_keyOfAnyUsage_triesTheUsageAndReportsADenial(
            String spec, String usage, String operation, String algorithm) {
        String key = key(spec, usage);
        Commands.Result result = check(key).requireCode(0);
        assertTrue(
                result.out().contains("ok       kms:" + operation + ": allowed, with " + algorithm + "\n"),
                result::toString);
        // only keys for signing need a certificate
        assertEquals(usage.equals("SIGN_VERIFY"), result.out().contains("note     certificate: none"));
        assertTrue(
                TestKms.emulator().requests().of(operation).get(0).parameters().contains("\"DryRun\":true"));

        TestKms.emulator().faults().add(Fault.on(operation).always().accessDenied());
        String denied = check(key).requireCode(1).out();
        assertTrue(denied.contains("problem  kms:" + operation + ": "), denied);
        assertTrue(denied.contains("; allow kms:" + operation + " in the caller's IAM policy"), denied);
    }

    @Test
    void check_signatureAlgorithmWithOtherKey_asksForASigningKey() {
        String result = check("--algorithm", "SHA256withRSA", key(RSA, "ENCRYPT_DECRYPT"))
                .requireCode(1)
                .out();
        assertTrue(
                result.contains("cannot be used with SHA256withRSA; name a key whose key usage is SIGN_VERIFY"),
                result);
    }

    @Test
    void check_describeKeyDeniedForAnHmacKey_namesThisPermission() {
        String key = key("HMAC_256", "GENERATE_VERIFY_MAC");
        TestKms.emulator().faults().add(Fault.on("DescribeKey").always().accessDenied());
        String result = check(key).requireCode(1).out();
        assertTrue(result.contains("problem  key " + key + ": KMS DescribeKey for key "), result);
        assertTrue(result.contains("; allow kms:DescribeKey in the caller's IAM policy"), result);
    }

    @Test
    void check_symmetricKey_saysWhichKeysAreSupported() {
        String result = check(key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"))
                .requireCode(1)
                .out();
        assertTrue(result.contains("does not support; name an asymmetric or an HMAC key"), result);
    }

    @Test
    void check_certificateThatDoesNotAllowDecryption_isAProblem() throws IOException {
        String key = key(RSA, "ENCRYPT_DECRYPT");
        Path pem = folder.resolve("chain.pem");
        Files.writeString(
                pem,
                TestCertificates.pem(TestCertificates.withKeyUsage(
                        KeyUsage.digitalSignature, TestKms.publicKey(TestKms.key(TestKms.provider(), key)))));
        InstantSource clock = InstantSource.fixed(TestCertificates.NOW);
        Commands.Result result = Commands.run(
                Main.commandLine(clock, Terminal.NONE), List.of("check", key), TestKms.settings("certificates=" + pem));
        assertTrue(
                result.requireCode(1)
                        .out()
                        .contains("problem  certificate: the extension keyUsage in the certificate of CN=allowing does"
                                + " not allow the usage of the key, ENCRYPT_DECRYPT"),
                result::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, SIGN_VERIFY, Sign",
        "RSA_2048, ENCRYPT_DECRYPT, Decrypt",
        "HMAC_256, GENERATE_VERIFY_MAC, GenerateMac"
    })
    void check_serverThatIgnoresDryRun_isHealthyWithANote(String spec, String usage, String operation)
            throws IOException {
        String key = key(spec, usage);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", CheckUseTest::passOnWithoutDryRun);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Commands.Result result =
                    Commands.run(Main.commandLine(), List.of("check", key), "region=us-east-1;endpoint=" + url);
            assertTrue(
                    result.requireCode(0).out().contains("note     kms:" + operation + ": allowed, with "),
                    result::toString);
            assertTrue(
                    result.out()
                            .contains("; the server ignored DryRun, as most servers that imitate KMS do, so this check"
                                    + " really used the key once\n"),
                    result::toString);
        } finally {
            server.stop(0);
        }
    }

    /** Passes a request on to the emulator, but leaves out DryRun. */
    private static void passOnWithoutDryRun(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(TestKms.emulator().endpoint())
                .POST(HttpRequest.BodyPublishers.ofString(body.replaceFirst(",\"DryRun\":true", "")));
        for (String name : List.of("X-Amz-Target", "X-Amz-Date", "Authorization", "Content-Type")) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
        }
        try {
            HttpResponse<byte[]> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            exchange.close();
        }
    }

    @Test
    void check_misspeltAlias_suggestsTheNearest() {
        TestKms.emulator().createKey(RSA, "SIGN_VERIFY", "alias/check-suggestion");
        String result = check("alias/check-sugestion").requireCode(1).out();
        assertTrue(result.contains("; did you mean alias/check-suggestion? [request id "), result);
    }

    @Test
    void check_regionThatTheSdkDoesNotKnow_isNotedWithTheNearest() {
        String settings =
                "region=us-esat-1;attempts=1;endpoint=" + TestKms.emulator().endpoint();
        String result =
                Commands.run(Main.commandLine(), List.of("check"), settings).out();
        assertTrue(result.contains("""
                        ok       Region: us-esat-1
                        note     Region: the AWS SDK does not know us-esat-1; check the name; did you mean us-east-1?
                        """), result);
    }

    @Test
    void check_regionsThatTheSdkDoesNotKnow_areNotedAfterTheWholeList() {
        String key = TestKms.emulator().createMultiRegionKey(RSA, "SIGN_VERIFY");
        String result = Commands.run(
                        Main.commandLine(),
                        List.of("check", key),
                        TestKms.settings("regions=us-esat-1,us-east-1,eu-wset-1", "attempts=1"))
                .out();
        assertTrue(result.contains("""
                        ok       Region: us-esat-1, us-east-1, eu-wset-1
                        note     Region: the AWS SDK does not know us-esat-1; check the name; did you mean us-east-1?
                        note     Region: the AWS SDK does not know eu-wset-1; check the name; did you mean eu-west-1?
                        """), result);
    }

    @Test
    void check_noAnswerForAKey_alsoTriesToListTheAliases() {
        String key = key(RSA, "SIGN_VERIFY");
        answerWithoutErrorCode("DescribeKey", 418);
        String result = check(key).requireCode(1).out();
        assertTrue(result.contains("ok       kms:ListAliases: allowed\n"), result);
    }

    @ParameterizedTest
    @CsvSource({"418, 1", "419, 2"})
    void check_noAnswerForAKeyAndTheAliases_reportsEachReasonOnce(int statusOfList, int problems) {
        String key = key(RSA, "SIGN_VERIFY");
        answerWithoutErrorCode("DescribeKey", 418);
        answerWithoutErrorCode("ListAliases", statusOfList);
        String result = check(key).requireCode(1).out();
        assertEquals(
                problems,
                result.lines().filter(line -> line.startsWith("problem")).count(),
                result);
    }

    /** An answer without an error code cannot be from KMS, so for {@code check}, KMS did not answer. */
    private static void answerWithoutErrorCode(String operation, int status) {
        TestKms.emulator().faults().add(Fault.on(operation).always().response(status, Map.of(), new byte[] {'{', '}'}));
    }

    @Test
    void check_json_hasTheFindingsOfEachKey() throws IOException {
        String key = key("HMAC_256", "GENERATE_VERIFY_MAC");
        Commands.Result result = check("--json", key, TestKms.NO_KEY).requireCode(1);
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertEquals("false", document.get("healthy").toString());
        JsonNode findings = document.get("findings");
        assertEquals(
                "{\"level\":\"ok\",\"subject\":\"settings\",\"text\":\"valid\"}",
                findings.get(0).toString());
        assertTrue(
                findings.findValuesAsText("key").contains(key)
                        && findings.findValuesAsText("key").contains(TestKms.NO_KEY),
                result::toString);
        assertEquals(
                1,
                findings.findValuesAsText("level").stream()
                        .filter("problem"::equals)
                        .count());
    }

    @Test
    void check_terminal_colorsTheFirstWordOfEachLine() {
        Commands.Result result = Commands.run(
                Main.commandLine(InstantSource.system(), new Terminal(true, false)),
                List.of("check", TestKms.NO_KEY),
                TestKms.settings());
        assertTrue(result.out().startsWith("\033[32mok\033[0m       settings: valid\n"), result::toString);
        assertTrue(result.out().contains("\n\033[1;31mproblem\033[0m  key "), result::toString);
    }
}

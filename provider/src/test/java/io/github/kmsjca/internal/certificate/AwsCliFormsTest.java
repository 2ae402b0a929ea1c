package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.NOW;
import static io.github.kmsjca.testing.TestCertificates.ca;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static io.github.kmsjca.testing.TestCertificates.pem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kmsjca.testing.LoggedTexts;
import io.github.kmsjca.testing.TestCertificates.Party;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests reading what the AWS CLI prints for certificates of AWS Private CA and AWS Certificate Manager. */
class AwsCliFormsTest {
    private static final Party ROOT = Party.ec("root");
    private static final Party CA = Party.ec("ca");
    private static final Party LEAF = Party.ec("leaf");
    private static final List<X509Certificate> CHAIN = List.of(issue(LEAF, CA), ca(CA, ROOT), ca(ROOT, ROOT));
    private static final String ARN = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/0123";
    private static final HttpServer SERVER = startServer();

    @TempDir
    Path folder;

    @BeforeAll
    static void requireCli() throws InterruptedException {
        try {
            new ProcessBuilder("aws", "--version").start().waitFor();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail("the AWS CLI is missing, and a CI run must not skip these tests", e);
            }
            abort("NOT TESTED with the AWS CLI: there is no 'aws' on the path");
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop(0);
    }

    /** Starts a server that answers each request with the certificate and its chain, as the two AWS services do. */
    private static HttpServer startServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", AwsCliFormsTest::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String answer = "{\"Certificate\":\"" + json(pem(CHAIN.get(0))) + "\",\"CertificateChain\":\""
                + json(pem(CHAIN.get(1)) + pem(CHAIN.get(2))) + "\"}";
        byte[] content = answer.getBytes(StandardCharsets.US_ASCII);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** Returns PEM as text for JSON. There is no line end after the last block, as in the answers of the services. */
    private static String json(String pem) {
        return pem.strip().replace("\n", "\\n");
    }

    @ParameterizedTest
    @CsvSource({"acm-pca, text", "acm-pca, json", "acm, text", "acm, json"})
    void output_certificateAndChain_isRead(String service, String format) throws Exception {
        List<String> command = new ArrayList<>(List.of("aws", service, "get-certificate", "--certificate-arn", ARN));
        if (service.equals("acm-pca")) {
            command.addAll(List.of("--certificate-authority-arn", ARN));
        }
        command.addAll(List.of("--output", format, "--region", "us-east-1"));
        command.addAll(List.of(
                "--endpoint-url", "http://127.0.0.1:" + SERVER.getAddress().getPort()));
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.environment()
                .putAll(Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "any", "AWS_PAGER", ""));
        assertEquals(0, builder.start().waitFor(), () -> command.toString());
        assertEquals("", Files.readString(errors));
        FileSource source =
                new FileSource(new CertificateFiles(out, new LoggedTexts(new ArrayList<>())), InstantSource.fixed(NOW));
        assertEquals(CHAIN, source.chain(LEAF.keys().getPublic(), Purpose.SIGNATURE));
    }
}

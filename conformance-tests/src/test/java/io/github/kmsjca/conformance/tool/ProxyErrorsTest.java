package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the errors of keytool if a proxy or another server answers instead of KMS, or a proxy does not answer. In
 * keytool, the provider uses the JDK's HTTP client.
 */
class ProxyErrorsTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String HOST = "kms.us-east-1.example.test";
    private static final String NOT_KMS =
            "the answer did not come from KMS; check the endpoint and the proxies on the way to it";
    private static final String PAGE = "<html>Log in to the Wi-Fi";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        place = BENCH.workplace(folder, KEY).with("AWSKMS_ATTEMPTS", "1");
    }

    /** Returns the error of keytool, without the beginning that all these errors have in common. */
    private String error(String endpoint, String proxy) {
        String start =
                "keytool error: java.security.SignatureException: KMS Sign for key " + BENCH.arn(KEY) + " failed: ";
        String line = KmsProgram.KEYTOOL
                .run(place.with("AWS_ENDPOINT_URL_KMS", endpoint)
                        .with("HTTPS_PROXY", proxy)
                        .with("HTTP_PROXY", proxy))
                .requireOneError();
        assertTrue(line.startsWith(start), line);
        return line.substring(start.length());
    }

    /** Returns the error of keytool behind a proxy that gives this answer, without the proxy's name at its end. */
    private String errorThrough(String scheme, String answer) {
        try (ForwardProxy proxy = ForwardProxy.answering(answer)) {
            String suffix = " [proxy 127.0.0.1:" + proxy.port() + " of the environment variable "
                    + (scheme.equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY") + "]";
            String error = error(scheme + "://" + HOST, "http://127.0.0.1:" + proxy.port());
            assertTrue(error.endsWith(suffix), error);
            return error.substring(0, error.length() - suffix.length());
        }
    }

    private static String page(String status) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
                + PAGE.length() + "\r\n\r\n" + PAGE;
    }

    static Stream<Arguments> refusals() {
        return SuiteExtent.firstOf(
                Arguments.of("403 Forbidden", "the proxy does not allow connections to the endpoint (HTTP status 403)"),
                Arguments.of("302 Found", "the proxy does not allow connections to the endpoint (HTTP status 302)"),
                Arguments.of("502 Bad Gateway", "the proxy cannot reach the endpoint (HTTP status 502)"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void https_proxyRefusesTheTunnel_saysWhatTheStatusMeans(String status, String text) {
        assertTrue(errorThrough("https", page(status)).startsWith(text + "; check the settings endpoint and region"));
    }

    /** An answer that arrives before TLS begins can come from anybody. */
    @Test
    void https_proxyForgesAKmsError_isNotBelieved() {
        String content = "{\"__type\":\"NotFoundException\"}";
        assertTrue(errorThrough(
                        "https",
                        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: "
                                + content.length() + "\r\n\r\n" + content)
                .startsWith("the proxy does not allow connections to the endpoint (HTTP status 400)"));
    }

    static Stream<String> errorPages() {
        return SuiteExtent.firstOf("403 Forbidden", "302 Found", "503 Service Unavailable");
    }

    @ParameterizedTest
    @MethodSource("errorPages")
    void http_proxyAnswersWithAnErrorPage_saysThatItIsNotKms(String status) {
        assertEquals(NOT_KMS + " (HTTP status " + status.substring(0, 3) + ")", errorThrough("http", page(status)));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void http_portalAnswersWithALoginPage_saysThatItIsNotKms() {
        assertEquals(NOT_KMS, errorThrough("http", page("200 OK")));
    }

    static Stream<Arguments> answersWithoutHttp() {
        String ssh = "SSH-2.0-OpenSSH_9";
        return SuiteExtent.firstOf(
                Arguments.of("https", ssh),
                Arguments.of("https", ""),
                Arguments.of("http", ssh),
                Arguments.of("http", ""));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutHttp")
    void proxyDoesNotSpeakHttp_isNamedWithWhatToCheck(String scheme, String answer) {
        String error = errorThrough(scheme, answer);
        assertTrue(error.contains("; check the "), error);
    }

    @Test
    void proxyIsDown_isNamed() {
        assertEquals(
                "the proxy cannot be reached; check the network and the proxy's name and port (Connection refused)"
                        + " [proxy 127.0.0.1:1 of the environment variable HTTPS_PROXY]",
                error("https://" + HOST, "http://127.0.0.1:1"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void proxyHostDoesNotExist_isNamed() {
        assertEquals(
                "the proxy cannot be reached; check the network and the proxy's name and port (unknown host"
                        + " proxy.example.test) [proxy proxy.example.test:3128 of the environment variable"
                        + " HTTPS_PROXY]",
                error("https://" + HOST, "http://proxy.example.test:3128"));
    }

    @Test
    void https_portWithoutTls_saysSo() {
        try (ForwardProxy server = ForwardProxy.answering(page("400 Bad Request"))) {
            assertEquals(
                    "the port of the endpoint does not use TLS; check the endpoint and its port (Unsupported or"
                            + " unrecognized SSL message)",
                    error("https://localhost:" + server.port(), ""));
        }
    }

    @Test
    void http_portWithTls_suggestsHttps() {
        try (TlsProxy server =
                TlsProxy.start(BENCH.ca().server("localhost"), BENCH.emulator().endpoint())) {
            String error = error("http://localhost:" + server.port(), "");
            assertTrue(
                    error.startsWith(
                            "the endpoint did not answer in HTTP; check the endpoint and the network, and write"
                                    + " https if the endpoint uses TLS ("),
                    error);
        }
    }
}

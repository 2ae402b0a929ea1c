package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.RawServer;
import io.github.kmsjca.testing.TestKms;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the error texts if a proxy answers in place of the endpoint, or cannot be used. The HTTP client is Apache
 * HttpClient, and the proxy is a {@link RawServer}.
 */
class ProxyErrorsTest {
    private static final String PAGE = "<html>Log in to the Wi-Fi";
    private static final String NOT_KMS =
            "the answer did not come from KMS; check the endpoint and the proxies on the way to it";

    @AfterEach
    void removeProxy() {
        Stream.of("http", "https")
                .flatMap(scheme -> Stream.of("Host", "Port", "User", "Password").map(name -> scheme + ".proxy" + name))
                .forEach(System::clearProperty);
    }

    private static void setProxy(String scheme, int port) {
        System.setProperty(scheme + ".proxyHost", "127.0.0.1");
        System.setProperty(scheme + ".proxyPort", String.valueOf(port));
    }

    private static void setLogin(String scheme) {
        System.setProperty(scheme + ".proxyUser", "user");
        System.setProperty(scheme + ".proxyPassword", "secret");
    }

    private static String answer(String status, String type, String content) {
        return String.join(
                "\r\n",
                "HTTP/1.1 " + status,
                "Proxy-Authenticate: Basic realm=\"any\"",
                "Content-Type: " + type,
                "Content-Length: " + content.length(),
                "Connection: close",
                "",
                content);
    }

    private static String page(String status) {
        return answer(status, "text/html", PAGE);
    }

    private static KmsException failure(String endpoint) {
        return assertThrows(
                KmsException.class,
                () -> TestKms.key(
                        new KmsProvider().configure("region=us-east-1;attempts=2;endpoint=" + endpoint),
                        TestKms.NO_KEY));
    }

    private static void assertFailure(KmsException failure, String code, String text) {
        String message = String.valueOf(failure.getMessage());
        assertEquals("KMS GetPublicKey for key " + TestKms.NO_KEY + " failed: " + text, message);
        assertEquals(code, failure.code());
    }

    /** Returns the end of an error text, which names the proxy and its setting. */
    private static String suffix(String scheme, int port) {
        return " [proxy 127.0.0.1:" + port + " of the system property " + scheme + ".proxyHost]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxy_requiresALogin_saysWhereToSetIt(String scheme) {
        try (RawServer proxy = RawServer.start(page("407 Proxy Authentication Required"))) {
            setProxy(scheme, proxy.port());
            assertFailure(
                    failure(scheme + "://kms.example.test"),
                    "PROXY_REFUSED",
                    "the proxy requires a login (HTTP status 407); set it in the system properties " + scheme
                            + ".proxyUser and " + scheme + ".proxyPassword" + suffix(scheme, proxy.port()));
            assertEquals(1, proxy.heads().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxy_refusesTheLogin_saysSoAfterOneRequest(String scheme) {
        try (RawServer proxy = RawServer.start(page("407 Proxy Authentication Required"))) {
            setProxy(scheme, proxy.port());
            setLogin(scheme);
            KmsException failure = failure(scheme + "://kms.example.test");
            assertFailure(
                    failure,
                    "PROXY_REFUSED",
                    "the proxy refused the login (HTTP status 407); correct it in the system properties " + scheme
                            + ".proxyUser and " + scheme + ".proxyPassword" + suffix(scheme, proxy.port()));
            assertFalse(failure.isRetryable());
            assertEquals(1, proxy.heads().size());
            // the login is user:secret (RFC 7617 §2)
            assertTrue(proxy.heads().get(0).contains("Proxy-Authorization: Basic dXNlcjpzZWNyZXQ="));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "204 No Content, does not allow connections to, the rules",
        "302 Found, does not allow connections to, the rules",
        "403 Forbidden, does not allow connections to, the rules",
        "502 Bad Gateway, cannot reach, the network",
        "503 Service Unavailable, cannot reach, the network"
    })
    void tunnel_refused_saysWhy(String status, String what, String remedy) {
        try (RawServer proxy = RawServer.start(page(status))) {
            setProxy("https", proxy.port());
            KmsException failure = failure("https://kms.example.test");
            assertFailure(
                    failure,
                    "PROXY_REFUSED",
                    "the proxy " + what + " the endpoint (HTTP status " + status.substring(0, 3)
                            + "); check the settings endpoint and region, and " + remedy + " of the proxy"
                            + suffix("https", proxy.port()));
            assertEquals(status.startsWith("5"), failure.isRetryable());
            assertEquals(failure.isRetryable() ? 2 : 1, proxy.heads().size());
        }
    }

    /** Anybody can send an answer before TLS begins. A forged NotFoundException would make a KeyStore hide its key. */
    @ParameterizedTest
    @ValueSource(strings = {"NotFoundException", "AccessDeniedException", "DryRunOperationException"})
    void tunnel_refusedWithAKmsErrorCode_isNotTakenForAKmsError(String code) {
        String content = "{\"__type\":\"" + code + "\"}";
        try (RawServer proxy = RawServer.start(answer("400 Bad Request", "application/x-amz-json-1.1", content))) {
            setProxy("https", proxy.port());
            assertEquals("PROXY_REFUSED", failure("https://kms.example.test").code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"302 Found", "403 Forbidden", "502 Bad Gateway"})
    void http_errorPage_isNotFromKms(String status) {
        try (RawServer proxy = RawServer.start(page(status))) {
            setProxy("http", proxy.port());
            assertFailure(
                    failure("http://kms.example.test"),
                    "GARBLED",
                    NOT_KMS + " (HTTP status " + status.substring(0, 3) + ")" + suffix("http", proxy.port()));
        }
    }

    @Test
    void http_loginPageWithStatus200_isNotFromKms() {
        try (RawServer proxy = RawServer.start(page("200 OK"))) {
            setProxy("http", proxy.port());
            assertFailure(failure("http://kms.example.test"), "GARBLED", NOT_KMS + suffix("http", proxy.port()));
        }
    }

    @ParameterizedTest
    @CsvSource({"http, 'SSH-2.0-OpenSSH_9'", "http, ''", "https, 'SSH-2.0-OpenSSH_9'", "https, ''"})
    void proxy_doesNotSpeakHttp_isNamed(String scheme, String answer) {
        try (RawServer proxy = RawServer.start(answer)) {
            setProxy(scheme, proxy.port());
            KmsException failure = failure(scheme + "://kms.example.test");
            assertTrue(
                    String.valueOf(failure.getMessage()).endsWith(suffix(scheme, proxy.port())), failure.getMessage());
            assertTrue(List.of("NO_HTTP", "UNREACHABLE").contains(failure.code()), failure.code());
        }
    }

    @Test
    void proxy_endsTheTunnelDuringTls_isNamed() {
        try (RawServer proxy = RawServer.start("HTTP/1.1 200 Connection established\r\n\r\n")) {
            setProxy("https", proxy.port());
            KmsException failure = failure("https://kms.example.test");
            assertEquals("BROKEN_TLS", failure.code());
            assertTrue(String.valueOf(failure.getMessage()).endsWith(suffix("https", proxy.port())));
        }
    }

    @Test
    void proxy_cannotBeReached_isNamed() {
        setProxy("https", 1);
        KmsException failure = failure("https://kms.example.test");
        assertEquals("PROXY_UNREACHABLE", failure.code());
        assertTrue(failure.isRetryable());
        String text = String.valueOf(failure.getMessage());
        assertTrue(text.contains(
                "failed: the proxy cannot be reached; check the network and the proxy's name and port ("));
        assertTrue(text.endsWith(suffix("https", 1)), text);
    }

    @Test
    void badProperty_isNamedWithoutTheSuffix() {
        System.setProperty("https.proxyHost", "user:secret@proxy.example");
        assertFailure(
                failure("https://kms.example.test"),
                "BAD_CONFIGURATION",
                "the system property https.proxyHost is not a host name; write the port into https.proxyPort, and"
                        + " the login into https.proxyUser and https.proxyPassword");
    }

    @Test
    void proxyOfAnotherScheme_isNotNamed() {
        setProxy("https", 1);
        assertFalse(
                String.valueOf(failure("http://kms.example.test").getMessage()).contains("proxy"));
    }
}

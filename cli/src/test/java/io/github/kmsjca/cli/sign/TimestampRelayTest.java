package io.github.kmsjca.cli.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TimestampRelayTest {
    private static final TimestampRelay.Limits SHORT = new TimestampRelay.Limits(Duration.ofMillis(200), Duration.ZERO);
    private static final TimestampRelay.Limits LONG = new TimestampRelay.Limits(Duration.ofMinutes(2), Duration.ZERO);

    /** An answer with PKI status 0, granted; its timestamp is missing, which the relay does not check. */
    private static final byte[] GRANTED = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00};

    /** An answer with PKI status 2, rejection (RFC 3161 §2.4.2). */
    private static final byte[] REFUSED = {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02};

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private URI server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static HttpResponse<byte[]> request(TimestampRelay relay) throws IOException, InterruptedException {
        return request(relay.url("one"), "request");
    }

    private static HttpResponse<byte[]> request(URI url, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    static Stream<Arguments> badAuthorities() {
        HttpHandler onlyHeaders = exchange -> exchange.sendResponseHeaders(200, 1000);
        HttpHandler nothing = exchange -> {};
        HttpHandler unavailable = exchange -> answer(exchange, 503, new byte[0]);
        HttpHandler page = exchange -> answer(exchange, 200, "<html>".getBytes(StandardCharsets.US_ASCII));
        HttpHandler refusal = exchange -> answer(exchange, 200, REFUSED);
        return Stream.of(
                Arguments.of("no answer within 200 ms", onlyHeaders),
                Arguments.of("no answer within 200 ms", nothing),
                Arguments.of("HTTP status 503", unavailable),
                Arguments.of("the answer is not a timestamp", page),
                Arguments.of("the request was refused with PKI status 2", refusal));
    }

    @ParameterizedTest
    @MethodSource("badAuthorities")
    void badAuthority_alone_isReported(String reason, HttpHandler handler) throws Exception {
        URI authority = server(handler);
        // a slow machine must have time for an answer if there is one
        TimestampRelay.Limits limits = reason.startsWith("no answer") ? SHORT : LONG;
        try (TimestampRelay relay = TimestampRelay.start(List.of(authority), limits)) {
            assertEquals(502, request(relay).statusCode());
            assertEquals(authority + " failed: " + reason, relay.failure("one"));
            assertEquals("", relay.failure("another"));
        }
    }

    @ParameterizedTest
    @MethodSource("badAuthorities")
    void badAuthority_thenAGoodOne_goodOneAnswers(String reason, HttpHandler handler) throws Exception {
        List<URI> authorities = List.of(server(handler), server(exchange -> answer(exchange, 200, GRANTED)));
        // a slow machine needs a long limit; if the first authority is silent, the test waits for the whole limit
        TimestampRelay.Limits limits =
                reason.startsWith("no answer") ? new TimestampRelay.Limits(Duration.ofSeconds(5), Duration.ZERO) : LONG;
        try (TimestampRelay relay = TimestampRelay.start(authorities, limits)) {
            assertArrayEquals(GRANTED, request(relay).body());
            assertEquals("", relay.failure("one"));
        }
    }

    @Test
    void badAuthorities_allFail_allAreReported() throws Exception {
        URI first = server(exchange -> answer(exchange, 503, new byte[0]));
        URI second = server(exchange -> answer(exchange, 404, new byte[0]));
        try (TimestampRelay relay = TimestampRelay.start(List.of(first, second), LONG)) {
            assertEquals(502, request(relay).statusCode());
            String text = first + " failed: HTTP status 503; " + second + " failed: HTTP status 404";
            assertEquals(text, relay.failure("one"));
        }
    }

    /** Starts an authority that grants every request, and counts them. */
    private URI counting(AtomicInteger requests) throws IOException {
        return server(exchange -> {
            requests.incrementAndGet();
            answer(exchange, 200, GRANTED);
        });
    }

    @Test
    void request_ofUnknownName_isNotPassedOn() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (TimestampRelay relay = TimestampRelay.start(List.of(counting(requests)), LONG)) {
            URI known = relay.url("one");
            assertEquals(404, request(known.resolve("/two"), "request").statusCode());
            assertEquals(404, request(known.resolve("/"), "request").statusCode());
            assertEquals(0, requests.get());
            assertEquals(200, request(known, "request").statusCode());
        }
    }

    @Test
    void request_tooLong_isNotPassedOn() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (TimestampRelay relay = TimestampRelay.start(List.of(counting(requests)), LONG)) {
            URI url = relay.url("one");
            String longest = "x".repeat(64 * 1024);
            assertEquals(200, request(url, longest).statusCode());
            assertEquals(413, request(url, longest + "x").statusCode());
            assertEquals(1, requests.get());
        }
    }

    @Test
    void url_ofTheRelay_isOnTheLoopbackInterface() throws IOException {
        try (TimestampRelay relay = TimestampRelay.start(List.of(), SHORT)) {
            assertEquals(
                    InetAddress.getLoopbackAddress(),
                    InetAddress.getByName(relay.url("one").getHost()));
        }
    }

    /** The JDK uses a proxy for 0:0:0:0:0:0:0:1, but not for ::1. */
    @ParameterizedTest
    @CsvSource({"::1, http://[::1]:80/one", "127.0.0.1, http://127.0.0.1:80/one"})
    void url_loopbackAddress_isNotForAProxy(String address, URI expected) throws IOException {
        URI url = TimestampRelay.url(new InetSocketAddress(InetAddress.getByName(address), 80), "one");
        assertEquals(expected, url);
    }
}

package io.github.kmsjca.conformance.security;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake KMS server. A test sets the server's answers. By default, the server reports every signature as valid, returns
 * plaintexts as ciphertexts and zeros as signatures, and denies access to all other operations. Thread-safe.
 */
final class HostileKms implements AutoCloseable {
    /** The ARN in the answers that {@code key} sets. */
    static final String ARN = "arn:aws:kms:us-east-1:666666666666:key/66666666-6666-6666-6666-666666666666";

    private static final Pattern PLAINTEXT = Pattern.compile("\"Plaintext\":\"([^\"]*)\"");

    private final HttpServer server;
    private final Map<String, Function<Request, Reply>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private HostileKms(HttpServer server) {
        this.server = server;
        answer("Verify", request -> "{\"SignatureValid\":true}");
        answer("Encrypt", request -> "{\"CiphertextBlob\":\"" + request.plaintext() + "\"}");
        answer("Sign", request -> "{\"Signature\":\"" + Base64.getEncoder().encodeToString(new byte[256]) + "\"}");
    }

    /** A received request. */
    record Request(String operation, Headers headers, String body) {
        /** Returns the first value of a header; empty if there is no such header. The name is case-insensitive. */
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }

        private String plaintext() {
            Matcher match = PLAINTEXT.matcher(body);
            return match.find() ? match.group(1) : "";
        }
    }

    private record Reply(int status, String body) {}

    static HostileKms start() {
        // by default, JDK 17 waits 40 ms in each answer for the client's delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            HostileKms kms = new HostileKms(server);
            server.createContext("/", kms::handle);
            server.start();
            return kms;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers an operation with a body in JSON. */
    HostileKms answer(String operation, Function<Request, String> body) {
        answers.put(operation, request -> new Reply(200, body.apply(request)));
        return this;
    }

    /** Refuses an operation with an error code and a message. */
    HostileKms refuse(String operation, String code, Function<Request, String> message) {
        answers.put(
                operation,
                request -> new Reply(
                        400, "{\"__type\":" + quote(code) + ",\"message\":" + quote(message.apply(request)) + "}"));
        return this;
    }

    /** Answers {@code GetPublicKey} with a public key and a key spec, whatever key the request names. */
    HostileKms key(PublicKey key, String spec) {
        return key(key.getEncoded(), spec);
    }

    /** Answers {@code GetPublicKey} with bytes in place of an encoded public key. */
    HostileKms key(byte[] encoded, String spec) {
        String body = "{\"KeyId\":\"" + ARN + "\",\"PublicKey\":\""
                + Base64.getEncoder().encodeToString(encoded) + "\",\"KeySpec\":" + quote(spec)
                + ",\"KeyUsage\":\"SIGN_VERIFY\"}";
        return answer("GetPublicKey", request -> body);
    }

    /** Returns the requests so far. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns the names of the requested operations so far. */
    List<String> operations() {
        return requests.stream().map(Request::operation).toList();
    }

    /** Forgets the requests so far. */
    void forget() {
        requests.clear();
    }

    /** Returns a text as a JSON string that contains only ASCII characters. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c < ' ' || c > '~' || c == '"' || c == '\\'
                                ? String.format("\\u%04x", c)
                                : Character.toString(c)));
        return quoted.append('"').toString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target == null ? "" : target.substring(target.indexOf('.') + 1);
        Request request = new Request(operation, exchange.getRequestHeaders(), body);
        requests.add(request);
        Reply reply = answers.getOrDefault(operation, other -> new Reply(400, "{\"__type\":\"AccessDeniedException\"}"))
                .apply(request);
        byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        // the provider must not print these control characters
        exchange.getResponseHeaders().set("x-amzn-RequestId", "id\u001b[2J\u009b31m");
        exchange.sendResponseHeaders(reply.status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

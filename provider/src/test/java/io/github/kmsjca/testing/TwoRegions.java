package io.github.kmsjca.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kmsjca.emulator.EmulatorOptions;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One endpoint before two Regions, which tells them apart by what requests are signed for: us-east-1, which answers as
 * the test says, and us-west-2, which is an emulator. The emulator has no multi-Region keys, so the identifier of one
 * is exchanged on the way to it.
 */
public final class TwoRegions implements AutoCloseable {
    public static final String MULTI_REGION_ID = "mrk-0123456789abcdef0123456789abcdef";

    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/kms");

    private final KmsEmulator west =
            KmsEmulator.start(EmulatorOptions.defaults().withRegion("us-west-2"));
    private final String key = west.createKey("ECC_NIST_P256");
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final int eastStatus;
    private final String eastBody;

    private TwoRegions(int eastStatus, String eastBody) throws IOException {
        this.eastStatus = eastStatus;
        this.eastBody = eastBody;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts both, with an error as the answer of us-east-1; status 0 closes its connections. */
    public static TwoRegions eastAnswers(int status, String errorType) throws IOException {
        return new TwoRegions(status, "{\"__type\":\"" + errorType + "\"}");
    }

    /** Returns the settings that lead here. */
    public String settings() {
        return "attempts=1;endpoint=http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the ARN of the multi-Region key in a Region. */
    public static String arn(String region) {
        return "arn:aws:kms:" + region + ":111122223333:key/" + MULTI_REGION_ID;
    }

    /** Returns the ARN of the same key as one of us-west-2 alone. */
    public String singleRegionArn() {
        return key;
    }

    /** Returns the Regions asked so far, each with the key that was named, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Forgets what was asked so far. */
    public void forget() {
        asked.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String region = region(exchange);
            Matcher named = Pattern.compile("\"KeyId\":\"([^\"]+)\"").matcher(body);
            asked.add(region + " " + (named.find() ? named.group(1) : ""));
            if (region.equals("us-west-2")) {
                HttpResponse<byte[]> answer = forward(exchange, body.replace(arn("us-west-2"), key));
                reply(exchange, answer.statusCode(), answer.body());
            } else if (eastStatus > 0) {
                reply(exchange, eastStatus, eastBody.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String region(HttpExchange exchange) {
        Matcher scope = SCOPE.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
        return scope.find() ? scope.group(1) : "";
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, String body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(west.endpoint()).POST(HttpRequest.BodyPublishers.ofString(body));
        for (String header : List.of("Authorization", "X-Amz-Target", "X-Amz-Date", "Content-Type")) {
            request.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        west.close();
    }
}

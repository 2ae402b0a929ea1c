package io.github.kmsjca.conformance.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Emulates the parts of AWS STS and of the IAM Identity Center portal from which the AWS SDK gets credentials. */
final class TokenService implements AutoCloseable {
    /** The access key id of all credentials that the service returns. */
    static final String ACCESS_KEY_ID = "ASIATEMPORARY";

    private static final Pattern ACTION = Pattern.compile("Action=([A-Za-z]+)");

    private final HttpServer server;

    private TokenService(HttpServer server) {
        this.server = server;
    }

    static TokenService start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", TokenService::answer);
            server.start();
            return new TokenService(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher action = ACTION.matcher(body);
        boolean isSts = action.find();
        byte[] answer = (isSts ? sts(action.group(1)) : portal()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", isSts ? "text/xml" : "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private static String sts(String action) {
        return "<" + action + "Response xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><" + action
                + "Result><Credentials><AccessKeyId>" + ACCESS_KEY_ID
                + "</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                + "<SessionToken>t</SessionToken><Expiration>" + expiry() + "</Expiration></Credentials></" + action
                + "Result></" + action + "Response>";
    }

    private static String portal() {
        return "{\"roleCredentials\":{\"accessKeyId\":\"" + ACCESS_KEY_ID
                + "\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\",\"expiration\":" + expiry().toEpochMilli()
                + "}}";
    }

    /** Returns the time when new credentials expire. */
    static Instant expiry() {
        return Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

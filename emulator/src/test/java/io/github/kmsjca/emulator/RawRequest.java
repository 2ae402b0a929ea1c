package io.github.kmsjca.emulator;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** An HTTP request that a test sends without an SDK client, so that the request can be malformed. */
final class RawRequest {
    static final String CREDENTIAL = "AKID/20261121/us-east-1/kms/aws4_request";

    private final KmsEmulator emulator;
    private String body;
    private String path = "";
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private RawRequest(KmsEmulator emulator, String body) {
        this.emulator = emulator;
        this.body = body;
    }

    /** Returns a request with well-formed headers. Its signature is not valid. */
    static RawRequest of(KmsEmulator emulator, String operation, String body) {
        return new RawRequest(emulator, body)
                .header("X-Amz-Target", "TrentService." + operation)
                .header("X-Amz-Date", "20261121T000000Z")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", authorization(CREDENTIAL));
    }

    /** Returns an authorization with the given credential (access key id and scope) and an invalid signature. */
    static String authorization(String credential) {
        return "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host;x-amz-date, Signature=00ff";
    }

    /** Adds or replaces a header. */
    RawRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Changes the value of a header, if the request has it. */
    RawRequest changeHeader(String name, UnaryOperator<String> change) {
        headers.computeIfPresent(name, (key, value) -> change.apply(value));
        return this;
    }

    RawRequest body(String other) {
        body = other;
        return this;
    }

    /** Sets the path and the query. */
    RawRequest path(String other) {
        path = other;
        return this;
    }

    /** Removes a header. */
    RawRequest without(String name) {
        headers.remove(name);
        return this;
    }

    HttpResponse<String> send() throws IOException, InterruptedException {
        return send("POST");
    }

    HttpResponse<String> send(String method) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(emulator.endpoint().resolve(path)).method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}

package io.github.kmsjca.emulator.server;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.EmulatorBug;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The canonical form of a request, which is the input of a Signature Version 4 signature (IAM User Guide, "Create a
 * signed AWS API request").
 */
record CanonicalRequest(Request request, String signedHeaders) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";

    /**
     * Returns the signature in hexadecimal digits.
     *
     * @param date the date and time of the request in ISO 8601 basic format
     * @param scope the date (without the time), the Region, the service and the terminator, from which the signing key
     *     is derived
     */
    String signature(String secret, String date, List<String> scope) {
        try {
            byte[] key = bytes("AWS4" + secret);
            for (String part : scope) {
                key = mac(key, part);
            }
            String toSign = String.join("\n", ALGORITHM, date, String.join("/", scope), hash(bytes(text())));
            return HexFormat.of().formatHex(mac(key, toSign));
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    private String text() throws GeneralSecurityException {
        String headers = Arrays.stream(signedHeaders.split(";"))
                .map(name -> name + ":" + headerValue(name) + "\n")
                .collect(Collectors.joining());
        return String.join("\n", request.method(), path(), query(), headers, signedHeaders, hash(request.body()));
    }

    private String headerValue(String name) {
        return Optional.ofNullable(request.headers().get(name)).orElse(List.of()).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    /** Returns the path, percent-encoded twice, as all services except Amazon S3 require. */
    private String path() {
        String path = request.uri().normalize().getRawPath();
        return path.isEmpty() ? "/" : path.replace("%", "%25");
    }

    /** Returns the sorted parameters of the query. A parameter without a value ends with an equals sign. */
    private String query() {
        String query = Optional.ofNullable(request.uri().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String hash(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC, CryptoProvider.JDK_JCE.provider());
        mac.init(new SecretKeySpec(key, MAC));
        return mac.doFinal(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.emulator.control.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A fault that changes, replaces or prevents a KMS answer.
 *
 * @param retried whether the provider repeats the request after this fault. Some operations differ
 *     ({@link FaultedOperation#requests}).
 * @param kind what the fault changes
 * @param create makes the fault from two arguments: the requests to disturb, and the name of the JSON member that
 *     contains the result
 */
record AnswerFault(String name, boolean retried, Kind kind, BiFunction<Fault.Match, String, Fault> create) {

    /** What a fault changes. */
    enum Kind {
        /** The connection, the whole answer, or the JSON member that contains the result. There is no usable result. */
        UNUSABLE,
        /** The text of a successful answer, so that the AWS SDK cannot parse it. There is no usable result. */
        UNPARSABLE,
        /** The text around the result. The result is right, but the provider must refuse the answer. */
        REWRITTEN,
        /** The length of the result. */
        LENGTH,
        /** The bits of the result. Only a provider that can verify the result detects this. */
        VALUE
    }

    /** The beginning of the names of faults that change the result. */
    static final String RESULT_PREFIX = "result: ";

    /** The error codes after which the provider does not repeat the request. */
    private static final List<String> FINAL_CODES = List.of(
            "AccessDeniedException",
            "AlreadyExistsException",
            "DisabledException",
            "DryRunOperationException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidAliasNameException",
            "InvalidArnException",
            "InvalidCiphertextException",
            "InvalidGrantTokenException",
            "InvalidKeyUsageException",
            "InvalidSignatureException",
            "KMSInvalidStateException",
            "LimitExceededException",
            "MalformedPolicyDocumentException",
            "NotFoundException",
            "SerializationException",
            "TagException",
            "UnknownOperationException",
            "UnrecognizedClientException",
            "UnsupportedOperationException",
            "ValidationException",
            "BrandNewException");

    /** The error codes with HTTP status 400 after which the provider repeats the request. */
    private static final List<String> THROTTLING_CODES = List.of("ThrottlingException");

    /** The error codes with HTTP status 500 or 503. The provider repeats the request. */
    private static final List<String> SERVER_CODES = List.of(
            "KMSInternalException", "KeyUnavailableException", "DependencyTimeoutException", "ServiceUnavailable");

    /** The end of the names of faults that begin after KMS has executed the operation. */
    private static final String AFTER_OPERATION = " after the operation";

    private static final String HTML = "<!DOCTYPE html><html><body>Sign in to the guest network</body></html>";

    /** Returns whether the answer is an error from KMS. The provider then assumes that KMS did nothing. */
    boolean isReportedByKms() {
        String code = name.replace(AFTER_OPERATION, "");
        return Stream.of(FINAL_CODES, THROTTLING_CODES, SERVER_CODES).anyMatch(codes -> codes.contains(code));
    }

    /** Returns all faults, except those that make the provider wait for a time limit. */
    static List<AnswerFault> all() {
        List<AnswerFault> all = new ArrayList<>();
        addTransport(all);
        addErrors(all);
        addBodies(all);
        addResults(all);
        return all;
    }

    private static void addTransport(List<AnswerFault> all) {
        all.add(unusable("reset", true, Fault.Match::reset));
        all.add(unusable(
                "reset" + AFTER_OPERATION, true, match -> match.afterOperation().reset()));
        all.add(new AnswerFault("ends too early", true, Kind.UNPARSABLE, (match, member) -> match.breakOff()));
        all.add(unparsable("login page", HTML, true));
        all.add(response("page not found", 404, HTML, false));
        all.add(response("proxy authentication", 407, HTML, false));
        all.add(response("bad gateway", 502, HTML, true));
        all.add(response("redirect", 302, Map.of("Location", "http://127.0.0.1:1/"), new byte[0], false));
        all.add(response("no content", 204, Map.of(), new byte[0], false));
        all.add(response("compressed", 200, Map.of("Content-Encoding", "gzip"), gzip("{}"), false));
        all.add(response("wrong checksum", 200, Map.of("x-amz-crc32", "1"), bytes("{}"), false));
        all.add(rewrite("too long", false, body -> body + " ".repeat(2 << 20)));
        all.add(unparsable("nested too deeply", "{\"A\":" + "[".repeat(400_000), true));
    }

    private static void addErrors(List<AnswerFault> all) {
        for (String code : FINAL_CODES) {
            all.add(unusable(code, false, match -> match.error(code, 400, "for the test")));
            all.add(unusable(
                    code + AFTER_OPERATION,
                    false,
                    match -> match.afterOperation().error(code, 400, null)));
        }
        for (String code : THROTTLING_CODES) {
            all.add(unusable(code, true, match -> match.error(code, 400, "for the test")));
        }
        for (String code : SERVER_CODES) {
            all.add(unusable(code, true, match -> match.error(code, 500, "for the test")));
            all.add(unusable(
                    code + AFTER_OPERATION,
                    true,
                    match -> match.afterOperation().error(code, 503, null)));
        }
        all.add(response(
                "error with status 200", 200, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}", false));
        all.add(response("error without a type", 400, "{\"message\":\"no\"}", false));
    }

    private static void addBodies(List<AnswerFault> all) {
        all.add(response("empty object", 200, "{}", false));
        all.add(response("empty", 200, Map.of(), new byte[0], false));
        all.add(unparsable("not an object", "[]", true));
        all.add(response("null", 200, "null", false));
        all.add(rewrite("last brace missing", true, body -> body.replaceFirst("}$", "")));
        all.add(rewrite(
                "no KeyId",
                false,
                body -> body.replace("\"KeyId\"", "\"Other\"").replace("\"Arn\"", "\"Other\"")));
        all.add(rewrite("other key", false, body -> body.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}", "00000000-0000")));
        all.add(rewrite("other account", false, body -> body.replaceAll(":[0-9]{12}:", ":999999999999:")));
        all.add(rewrite(
                "KeyId that is not an ARN",
                false,
                body -> body.replaceAll("\"(KeyId|Arn)\":\"arn:[^\"]*\"", "\"$1\":\"\\\\u001b[2J\"")));
        all.add(rewrite(
                "other algorithm", false, body -> body.replaceAll("Algorithm\":\"[^\"]*\"", "Algorithm\":\"OTHER\"")));
        all.add(rewrite("no algorithm", false, body -> body.replace("Algorithm\":\"", "Other\":\"")));
    }

    private static void addResults(List<AnswerFault> all) {
        all.add(result("missing", Kind.UNUSABLE, false, text -> "\"Other\":\"" + text + "\""));
        all.add(result("null", Kind.UNUSABLE, false, text -> "\"%s\":null"));
        all.add(result("number", Kind.UNUSABLE, true, text -> "\"%s\":7"));
        all.add(result("object", Kind.UNUSABLE, true, text -> "\"%s\":{\"a\":[1]}"));
        all.add(result("not base64", Kind.UNUSABLE, false, text -> "\"%s\":\"****\""));
        all.add(value("empty", Kind.LENGTH, bytes -> new byte[0]));
        all.add(value("one byte", Kind.LENGTH, bytes -> new byte[] {1}));
        all.add(value("too short", Kind.LENGTH, bytes -> Arrays.copyOf(bytes, bytes.length - 1)));
        all.add(value("too long", Kind.LENGTH, bytes -> Arrays.copyOf(bytes, bytes.length + 1)));
        all.add(value("zero", Kind.VALUE, bytes -> new byte[bytes.length]));
        all.add(value("bit of the first byte flipped", Kind.VALUE, bytes -> flipped(bytes, 0)));
        all.add(value("bit of the middle byte flipped", Kind.VALUE, bytes -> flipped(bytes, bytes.length / 2)));
        all.add(value("bit of the last byte flipped", Kind.VALUE, bytes -> flipped(bytes, bytes.length - 1)));
    }

    private static AnswerFault unusable(String name, boolean retried, Function<Fault.Match, Fault> create) {
        return new AnswerFault(name, retried, Kind.UNUSABLE, (match, member) -> create.apply(match));
    }

    private static AnswerFault response(String name, int status, String body, boolean retried) {
        return response(name, status, Map.of(), bytes(body), retried);
    }

    private static AnswerFault unparsable(String name, String body, boolean retried) {
        return new AnswerFault(
                name, retried, Kind.UNPARSABLE, (match, member) -> match.response(200, Map.of(), bytes(body)));
    }

    private static AnswerFault response(
            String name, int status, Map<String, String> headers, byte[] body, boolean retried) {
        return unusable(name, retried, match -> match.response(status, headers, body));
    }

    private static AnswerFault rewrite(String name, boolean retried, UnaryOperator<String> change) {
        return new AnswerFault(name, retried, Kind.REWRITTEN, (match, member) -> match.rewrite(change));
    }

    /**
     * Returns a fault that replaces the JSON member that contains the result.
     *
     * @param change makes the new text of the member from the result in Base64. In the new text, {@code %s} stands for
     *     the member's name.
     */
    private static AnswerFault result(String name, Kind kind, boolean retried, UnaryOperator<String> change) {
        return new AnswerFault(
                RESULT_PREFIX + name,
                retried,
                kind,
                (match, member) -> match.rewrite(body -> {
                    Matcher found =
                            Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(body);
                    return found.replaceAll(result -> Matcher.quoteReplacement(
                            change.apply(result.group(1)).replace("%s", member)));
                }));
    }

    /** Returns a fault that changes the bytes of the result. */
    private static AnswerFault value(String name, Kind kind, UnaryOperator<byte[]> change) {
        return result(
                name,
                kind,
                false,
                text -> "\"%s\":\""
                        + Base64.getEncoder()
                                .encodeToString(change.apply(Base64.getDecoder().decode(text))) + "\"");
    }

    static byte[] flipped(byte[] bytes, int index) {
        byte[] flipped = bytes.clone();
        flipped[index] ^= 1;
        return flipped;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}

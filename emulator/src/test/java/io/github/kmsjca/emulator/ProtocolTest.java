package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the protocol with requests that are built without an SDK, so that they can be malformed. */
class ProtocolTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    private static final String KEY = EMULATOR.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");

    @Test
    void answer_describeKey_isJson11WithNewRequestId() throws Exception {
        HttpResponse<String> response = post("DescribeKey", "{\"KeyId\":\"alias/release\"}");
        assertEquals(200, response.statusCode());
        assertEquals(
                "application/x-amz-json-1.1",
                response.headers().firstValue("Content-Type").orElseThrow());
        String first = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
        String second = post("DescribeKey", "{\"KeyId\":\"alias/release\"}")
                .headers()
                .firstValue("x-amzn-RequestId")
                .orElseThrow();
        assertTrue(first.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), first);
        assertNotEquals(first, second);
    }

    @Test
    void answer_describeKey_hasDateInSecondsOldSpecNameAndNoUnsetMembers() throws Exception {
        String body = post("DescribeKey", "{\"KeyId\":\"alias/release\"}").body();
        assertTrue(body.matches(".*\"CreationDate\":\\d{10}\\.\\d{3},.*"), body);
        JsonNode metadata = new ObjectMapper().readTree(body).get("KeyMetadata");
        assertEquals(metadata.get("KeySpec"), metadata.get("CustomerMasterKeySpec"));
        assertFalse(metadata.has("EncryptionAlgorithms"));
        assertFalse(metadata.has("DeletionDate"));
        assertFalse(metadata.has("MultiRegionConfiguration"));
    }

    @Test
    void answer_sign_hasPaddedStandardBase64() throws Exception {
        String body = post("Sign", signBody("")).body();
        String signature = new ObjectMapper().readTree(body).get("Signature").asText();
        // the first byte of an ECDSA signature is the tag of a DER SEQUENCE
        assertEquals(0x30, Base64.getDecoder().decode(signature)[0]);
        assertEquals(0, signature.length() % 4);
    }

    @Test
    void answer_enableKey_isEmpty() throws Exception {
        HttpResponse<String> response = post("EnableKey", "{\"KeyId\":\"" + KEY + "\"}");
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
    }

    @Test
    void answer_errorWithoutMessage_hasNoMessageMember() throws Exception {
        String key = EMULATOR.createKey("SYMMETRIC_DEFAULT");
        assertError(
                "{\"__type\":\"UnsupportedOperationException\"}", post("GetPublicKey", "{\"KeyId\":\"" + key + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReEncrypt", "CreateGrant", "sign", "Sign2", ""})
    void target_unknownOperation_isUnknownOperationException(String operation) throws Exception {
        assertError("{\"__type\":\"UnknownOperationException\"}", post(operation, "{}"));
    }

    @Test
    void target_missing_isUnknownOperationException() throws Exception {
        HttpResponse<String> response =
                RawRequest.of(EMULATOR, "Sign", "{}").without("X-Amz-Target").send();
        assertError("{\"__type\":\"UnknownOperationException\"}", response);
    }

    @Test
    void target_otherService_isUnknownOperationException() throws Exception {
        HttpResponse<String> response = RawRequest.of(EMULATOR, "Sign", "{}")
                .header("X-Amz-Target", "OtherService.Sign")
                .send();
        assertError("{\"__type\":\"UnknownOperationException\"}", response);
    }

    @Test
    void sign_getRequest_isUnknownOperationException() throws Exception {
        HttpResponse<String> response = RawRequest.of(EMULATOR, "Sign", "").send("GET");
        assertError("{\"__type\":\"UnknownOperationException\"}", response);
    }

    @Test
    void listKeys_originHeader_isAccessDeniedException() throws Exception {
        for (String origin : new String[] {"https://example.com", "http://localhost:4599", "null"}) {
            assertError(
                    "{\"__type\":\"AccessDeniedException\",\"message\":\"The emulator refuses requests with the header"
                            + " Origin, which browsers send for web pages\"}",
                    RawRequest.of(EMULATOR, "ListKeys", "{}")
                            .header("Origin", origin)
                            .send());
        }
    }

    @Test
    void unknownMember_sign_isSerializationExceptionThatNamesTheMember() throws Exception {
        assertError(
                "{\"__type\":\"SerializationException\",\"message\":\"Unknown member 'Recipient'; known members:"
                        + " [DryRun, GrantTokens, KeyId, Message, MessageType, SigningAlgorithm]\"}",
                post("Sign", signBody(",\"Recipient\":{}")));
    }

    @Test
    void unknownMember_insideATag_isSerializationExceptionThatNamesThePlace() throws Exception {
        HttpResponse<String> response =
                post("CreateKey", "{\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"b\",\"Color\":\"red\"}]}");
        assertError(
                "{\"__type\":\"SerializationException\",\"message\":\"Unknown member 'Color' at 'tags.1.member'; known"
                        + " members: [TagKey, TagValue]\"}",
                response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sign | {\"KeyId\":1}",
                "Sign | {\"KeyId\":\"a\",\"Message\":[]}",
                "Sign | {\"KeyId\":\"a\",\"Message\":\"not base64!\"}",
                "Sign | {\"KeyId\":\"a\",\"SigningAlgorithm\":true}",
                "Sign | {\"KeyId\":\"a\",\"DryRun\":\"true\"}",
                "Sign | {\"KeyId\":\"a\",\"GrantTokens\":\"a\"}",
                "Sign | {\"KeyId\":\"a\",\"GrantTokens\":[1]}",
                "ListKeys | {\"Limit\":\"1\"}",
                "ListKeys | {\"Limit\":1.5}",
                "ListKeys | {\"Limit\":12345678901}",
                "CreateKey | {\"Tags\":[\"a\"]}",
                "ListKeys | []",
                "ListKeys | \"text\"",
                "ListKeys | {",
                "ListKeys | {} {}",
                "ListKeys | {\"Limit\":1,\"Limit\":2}",
                "ListKeys | ''"
            })
    void body_wrongTypeOrMalformedJson_isSerializationException(String operation, String body) throws Exception {
        HttpResponse<String> response = post(operation, body);
        assertEquals(400, response.statusCode());
        assertEquals(
                "SerializationException",
                new ObjectMapper().readTree(response.body()).get("__type").asText());
    }

    @Test
    void emptyBody_listKeys_errorSaysThatTheBodyIsEmpty() throws Exception {
        assertError(
                "{\"__type\":\"SerializationException\",\"message\":\"The request is not JSON: the body is empty\"}",
                post("ListKeys", ""));
    }

    @Test
    void malformedJson_listKeys_errorNamesThePlaceWithoutTheRemarkOfJackson() throws Exception {
        String body = post("ListKeys", "{").body();
        assertTrue(body.contains("\"The request is not JSON: "), body);
        assertTrue(body.contains(" at [line: 1, column: "), body);
        assertFalse(body.contains("REDACTED"), body);
    }

    @Test
    void longBody_upToOneMebibyte_isRead() throws Exception {
        String spaces = " ".repeat((1 << 20) - 2);
        assertEquals(200, post("ListKeys", "{" + spaces + "}").statusCode());
        HttpResponse<String> refusal = post("ListKeys", "{" + spaces + " }");
        assertEquals(
                "{\"__type\":\"RequestEntityTooLargeException\",\"message\":\"The request has more than 1048576"
                        + " bytes\"}",
                refusal.body());
        assertEquals(413, refusal.statusCode());
        assertEquals(413, post("ListKeys", "{" + spaces.repeat(5) + "}").statusCode());
    }

    @Test
    void nullMember_sign_isIgnored() throws Exception {
        assertEquals(
                200,
                post("Sign", signBody(",\"DryRun\":null,\"GrantTokens\":null")).statusCode());
    }

    @Test
    void severalViolations_sign_areReportedTogether() throws Exception {
        HttpResponse<String> response =
                post("Sign", "{\"KeyId\":\"\",\"Message\":\"\",\"SigningAlgorithm\":\"ECDSA_SHA_224\"}");
        String message =
                new ObjectMapper().readTree(response.body()).get("message").asText();
        assertTrue(message.startsWith("3 validation errors detected: Value '' at 'keyId' "), message);
        assertTrue(message.contains("; Value at 'message' failed"), message);
        assertTrue(message.contains("; Value 'ECDSA_SHA_224' at 'signingAlgorithm' failed"), message);
    }

    @Test
    void createKey_keySpecUnderBothNames_mustBeTheSame() throws Exception {
        String differing =
                "{\"KeySpec\":\"RSA_2048\",\"CustomerMasterKeySpec\":\"RSA_3072\",\"KeyUsage\":\"SIGN_VERIFY\"}";
        assertTrue(post("CreateKey", differing).body().startsWith("{\"__type\":\"ValidationException\""));
        String equal = "{\"KeySpec\":\"ECC_NIST_P256\",\"CustomerMasterKeySpec\":\"ECC_NIST_P256\","
                + "\"KeyUsage\":\"SIGN_VERIFY\"}";
        assertEquals(200, post("CreateKey", equal).statusCode());
    }

    /** Returns the body of a valid Sign request. {@code otherMembers} is empty or begins with a comma. */
    private static String signBody(String otherMembers) {
        return "{\"KeyId\":\"alias/release\",\"Message\":\"QQ==\",\"SigningAlgorithm\":\"ECDSA_SHA_256\"" + otherMembers
                + "}";
    }

    private static HttpResponse<String> post(String operation, String body) throws IOException, InterruptedException {
        return RawRequest.of(EMULATOR, operation, body).send();
    }

    private static void assertError(String body, HttpResponse<String> response) {
        assertEquals(body, response.body());
        assertEquals(400, response.statusCode());
    }
}

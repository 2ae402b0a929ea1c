package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what an emulator without credentials checks in the authorization of a request. */
class AuthorizationTest {
    private static final String MISSING =
            "{\"__type\":\"MissingAuthenticationTokenException\",\"message\":\"Missing Authentication Token\"}";

    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    @Test
    void wellFormedAuthorization_wrongSignature_isAccepted() throws Exception {
        assertEquals(200, listKeys().send().statusCode());
    }

    @Test
    void noDate_listKeys_isIncompleteSignatureException() throws Exception {
        RawRequest request = listKeys().without("X-Amz-Date");
        assertIncomplete(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
                        + RawRequest.authorization(RawRequest.CREDENTIAL),
                request.send());
    }

    @Test
    void noAuthorization_listKeys_isMissingAuthenticationTokenException() throws Exception {
        HttpResponse<String> response = listKeys().without("Authorization").send();
        assertEquals(MISSING, response.body());
        assertEquals(400, response.statusCode());
    }

    @Test
    void noAuthorization_unknownOperation_isAlsoMissingAuthenticationTokenException() throws Exception {
        HttpResponse<String> response = RawRequest.of(EMULATOR, "Nothing", "{}")
                .without("Authorization")
                .send();
        assertEquals(MISSING, response.body());
        assertEquals(400, response.statusCode());
    }

    @Test
    void authorization_twoMissingParameters_namesBoth() throws Exception {
        String header = "AWS4-HMAC-SHA256 Credential=" + RawRequest.CREDENTIAL;
        assertIncomplete(
                "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders'"
                        + " parameter. Authorization=" + header,
                listKeys().header("Authorization", header).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "AWS4-HMAC-SHA256X", "AWS AKID:signature"})
    void authorization_otherAlgorithm_isIncompleteSignatureException(String header) throws Exception {
        assertIncomplete(
                "The authorization does not use the algorithm AWS4-HMAC-SHA256.",
                listKeys().header("Authorization", header).send());
    }

    @Test
    void authorization_algorithmWithoutParameters_namesAllMissingParameters() throws Exception {
        assertIncomplete(
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature'"
                        + " parameter. Authorization header requires 'SignedHeaders' parameter."
                        + " Authorization=AWS4-HMAC-SHA256",
                listKeys().header("Authorization", "AWS4-HMAC-SHA256").send());
    }

    @Test
    void authorization_parameterWithoutEqualsSign_isIncompleteSignatureException() throws Exception {
        String header = "AWS4-HMAC-SHA256 Credential=" + RawRequest.CREDENTIAL + ", SignedHeaders";
        assertIncomplete(
                "'SignedHeaders' not a valid key=value pair (missing equal-sign) in Authorization header: '" + header
                        + "'.",
                listKeys().header("Authorization", header).send());
    }

    @Test
    void credential_threeElements_isIncompleteSignatureException() throws Exception {
        assertIncomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term,"
                        + " got 'AKID/20261121/us-east-1'",
                listKeys()
                        .header("Authorization", RawRequest.authorization("AKID/20261121/us-east-1"))
                        .send());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AKID/20261121/eu-west-1/kms/aws4_request"
                        + " | Credential should be scoped to a valid region, not 'eu-west-1'. ",
                "AKID/20261121/us-east-1/sts/aws4_request"
                        + " | Credential should be scoped to correct service: 'kms'. ",
                "AKID/20261121/us-east-1/kms/request | Credential should be scoped with a valid terminator:"
                        + " 'aws4_request', not 'request'. "
            })
    void credential_wrongRegionServiceOrTerminator_isInvalidSignatureException(String credential, String message)
            throws Exception {
        HttpResponse<String> response = listKeys()
                .header("Authorization", RawRequest.authorization(credential))
                .send();
        // each message ends with a blank, which CsvSource cuts off
        assertEquals("{\"__type\":\"InvalidSignatureException\",\"message\":\"" + message + " \"}", response.body());
        assertEquals(400, response.statusCode());
    }

    private static RawRequest listKeys() {
        return RawRequest.of(EMULATOR, "ListKeys", "{}");
    }

    private static void assertIncomplete(String message, HttpResponse<String> response) {
        assertEquals("{\"__type\":\"IncompleteSignatureException\",\"message\":\"" + message + "\"}", response.body());
        assertEquals(400, response.statusCode());
    }
}

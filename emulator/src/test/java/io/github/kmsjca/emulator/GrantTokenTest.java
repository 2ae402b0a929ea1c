package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which operations know the member GrantTokens. The member is a list of at most ten texts, each
 * of 1 to 8192 characters.
 */
class GrantTokenTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    private static final String TOO_MANY =
            "Value at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10";
    private static final String TOO_SHORT = "Value '' at 'grantTokens.2.member' failed to satisfy constraint: Member"
            + " must have length greater than or equal to 1";
    private static final String TOO_LONG = "' at 'grantTokens.1.member' failed to satisfy constraint: Member must have"
            + " length less than or equal to 8192";
    private static final String LONGEST = "t".repeat(8192);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Decapsulate",
                "Decrypt",
                "DeriveSharedSecret",
                "DescribeKey",
                "Encapsulate",
                "Encrypt",
                "GenerateDataKey",
                "GenerateDataKeyPair",
                "GenerateDataKeyPairWithoutPlaintext",
                "GenerateDataKeyWithoutPlaintext",
                "GenerateMac",
                "GetPublicKey",
                "Sign",
                "Verify",
                "VerifyMac"
            })
    void operationWithGrantTokens_acceptsUpToTenOfValidLength(String operation) throws Exception {
        assertTrue(refusal(operation, Collections.nCopies(11, "t")).contains(TOO_MANY));
        assertTrue(refusal(operation, List.of("t", "")).contains(TOO_SHORT));
        assertTrue(refusal(operation, List.of(LONGEST + "t")).contains(TOO_LONG));
        assertFalse(refusal(operation, Collections.nCopies(10, LONGEST)).contains("grantTokens"));
        assertFalse(refusal(operation, List.of()).contains("grantTokens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CancelKeyDeletion",
                "CreateAlias",
                "CreateKey",
                "DeleteAlias",
                "DeleteImportedKeyMaterial",
                "DisableKey",
                "EnableKey",
                "GenerateRandom",
                "GetParametersForImport",
                "ImportKeyMaterial",
                "ListAliases",
                "ListKeys",
                "ListResourceTags",
                "ReplicateKey",
                "ScheduleKeyDeletion",
                "TagResource",
                "UntagResource",
                "UpdateAlias"
            })
    void operationWithoutGrantTokens_emptyList_isRefusedAsUnknownMember(String operation) throws Exception {
        String message = refusal(operation, List.of());
        assertTrue(message.startsWith("Unknown member 'GrantTokens'"), message);
    }

    /**
     * Sends a request with grant tokens and no other member, and returns the error message. The request always fails,
     * because the operation requires other members or does not know grant tokens.
     */
    private static String refusal(String operation, List<String> tokens) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String body = json.createObjectNode()
                .set("GrantTokens", json.valueToTree(tokens))
                .toString();
        var response = RawRequest.of(EMULATOR, operation, body).send();
        assertEquals(400, response.statusCode());
        JsonNode error = json.readTree(response.body());
        return error.get("message").asText();
    }
}

package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Checks that requests with an invalid key identifier or an invalid header {@code Authorization} get an error with
 * status 400, and never KMSInternalException.
 */
class StrictnessPropertiesTest {
    private static final KmsEmulator EMULATOR = KmsEmulator.start();
    private static final String KEY = EMULATOR.createKey("ECC_NIST_P256");

    @AfterContainer
    static void close() {
        EMULATOR.close();
    }

    @Property(tries = 300)
    void describeKey_invalidIdentifier_isRefusedWithStatus400(@ForAll("identifiers") String identifier)
            throws Exception {
        ObjectNode parameters = new ObjectMapper().createObjectNode().put("KeyId", identifier);
        HttpResponse<String> response =
                RawRequest.of(EMULATOR, "DescribeKey", parameters.toString()).send();
        assertEquals(400, response.statusCode(), response.body());
        assertFalse(response.body().contains("KMSInternalException"), response.body());
    }

    @Property(tries = 300)
    void listKeys_invalidAuthorization_isRefusedWithStatus400(@ForAll("headers") String header) throws Exception {
        HttpResponse<String> response = RawRequest.of(EMULATOR, "ListKeys", "{}")
                .header("Authorization", header)
                .send();
        assertEquals(400, response.statusCode(), response.body());
        assertFalse(response.body().contains("KMSInternalException"), response.body());
    }

    @Provide
    Arbitrary<String> identifiers() {
        Arbitrary<String> damaged = Arbitraries.integers()
                .between(0, KEY.length() - 1)
                .flatMap(position -> Arbitraries.of(":", "/", "", "x", "é", " ")
                        .map(replacement -> KEY.substring(0, position) + replacement + KEY.substring(position + 1)))
                .filter(text -> !text.equals(KEY));
        return Arbitraries.oneOf(
                Arbitraries.strings(), damaged, Arbitraries.strings().numeric().map(text -> "arn:" + text));
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange(' ', '~').map(value -> "x" + value.strip());
        return Arbitraries.oneOf(text, text.map("AWS4-HMAC-SHA256 "::concat), text.map(RawRequest::authorization));
    }
}

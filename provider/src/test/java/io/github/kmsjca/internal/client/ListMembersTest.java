package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the maximum lengths of alias names, key ids and page markers in the answers to {@code ListAliases} and
 * {@code ListResourceTags}. They are the lengths in the KMS API reference. The provider checks them, because it keeps
 * whole lists in memory.
 */
class ListMembersTest extends ThreeRegions {
    private static final String SETTINGS = "region=us-east-1;attempts=1";
    private static final String ALIASES = "{\"Truncated\":true,\"NextMarker\":\"more\",\"Aliases\":"
            + "[{\"AliasName\":\"alias/release\",\"TargetKeyId\":\"1234abcd-12ab-34cd-56ef-1234567890ab\"}]}";
    private static final String LAST_ALIASES = "{\"Truncated\":false,\"Aliases\":[]}";
    private static final String TAGS = "{\"Truncated\":true,\"NextMarker\":\"more\",\"Tags\":[]}";
    private static final String LAST_TAGS = "{\"Truncated\":false,\"Tags\":[]}";

    private static void answer(String operation, String body) {
        REGIONS.faults().add(Fault.on(operation).response(200, Map.of(), body.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Returns an answer in which a member has a value of this length. */
    private static String with(String member, int length, String answer) {
        return answer.replaceAll("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":\"" + "a".repeat(length) + "\"");
    }

    private static void assertTooLongMarker(KmsException failure) {
        String text = String.valueOf(failure.getMessage());
        assertEquals("GARBLED", failure.code(), text);
        assertTrue(text.endsWith(" (the answer's NextMarker has more than 1024 characters)"), text);
    }

    @ParameterizedTest
    @CsvSource({"AliasName, 256", "TargetKeyId, 2048"})
    void aliases_longMember_leavesOutTheAliasAboveTheMaximum(String member, int max) {
        KmsCalls calls = calls(SETTINGS);
        answer("ListAliases", with(member, max, ALIASES));
        answer("ListAliases", LAST_ALIASES);
        assertEquals(1, calls.aliases().size());
        answer("ListAliases", with(member, max + 1, ALIASES));
        answer("ListAliases", LAST_ALIASES);
        assertEquals(List.of(), calls.aliases());
    }

    @Test
    void aliases_longMarker_isAcceptedUpToTheMaximum() {
        KmsCalls calls = calls(SETTINGS);
        answer("ListAliases", with("NextMarker", 1024, ALIASES));
        answer("ListAliases", LAST_ALIASES);
        assertEquals(1, calls.aliases().size());
        answer("ListAliases", with("NextMarker", 1025, ALIASES));
        assertTooLongMarker(assertThrows(KmsException.class, calls::aliases));
    }

    @Test
    void tags_longMarker_isAcceptedUpToTheMaximum() {
        KmsCalls calls = calls(SETTINGS);
        answer("ListResourceTags", with("NextMarker", 1024, TAGS));
        answer("ListResourceTags", LAST_TAGS);
        assertEquals(Map.of(), calls.tags(KeyId.parse(KEY)));
        answer("ListResourceTags", with("NextMarker", 1025, TAGS));
        assertTooLongMarker(assertThrows(KmsException.class, () -> calls.tags(KeyId.parse(KEY))));
    }
}

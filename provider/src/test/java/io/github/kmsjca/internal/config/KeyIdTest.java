package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIdTest {
    private static final String UUID = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String MRK = "mrk-1234abcd12ab34cd56ef1234567890ab";
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:";

    @ParameterizedTest
    @CsvSource({
        UUID + ",, false, false",
        MRK + ",, false, true",
        ARN + "key/" + UUID + ", eu-west-1, false, false",
        ARN + "key/" + MRK + ", eu-west-1, false, true",
        "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/" + UUID + ", us-gov-west-1, false, false",
        "alias/release,, true, false",
        "alias/Team/Release_2:mrk-1,, true, false",
        ARN + "alias/release, eu-west-1, true, false",
    })
    void parse_eachForm_hasItsParts(String text, String region, boolean isAlias, boolean isMultiRegion) {
        KeyId id = KeyId.parse(text);
        assertEquals(text, id.text());
        assertEquals(text, id.toString());
        assertEquals(Optional.ofNullable(region), id.region());
        assertEquals(isAlias, id.isAlias());
        assertEquals(isMultiRegion, id.isMultiRegion());
        assertTrue(KeyId.isIdentifier(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "release",
                "alias/",
                "alias/with blank",
                "alias/*",
                "1234ABCD-12ab-34cd-56ef-1234567890ab",
                "key/" + UUID,
                "mrk-1234",
                ARN + UUID,
                ARN + "key/alias/release",
                "arn:aws:kms::111122223333:key/" + UUID,
                "arn:aws:kms:eu-west-1:1111:key/" + UUID,
                "arn:aws:s3:eu-west-1:111122223333:key/" + UUID,
                UUID + "\n",
                " " + UUID,
            })
    void parse_otherText_isRefused(String text) {
        assertFalse(KeyId.isIdentifier(text));
        assertThrows(IllegalArgumentException.class, () -> KeyId.parse(text));
    }

    @Test
    void parse_otherText_errorNamesTheFourForms() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> KeyId.parse("release"));
        assertEquals(
                "'release' is not a key identifier; write a key id (lower-case UUID or mrk- and 32 hex digits),"
                        + " a key ARN, an alias name (alias/NAME) or an alias ARN",
                refused.getMessage());
    }

    @Test
    void isIdentifier_alias_hasAtMost250CharactersAfterThePrefix() {
        assertTrue(KeyId.isIdentifier("alias/" + "a".repeat(250)));
        assertFalse(KeyId.isIdentifier("alias/" + "a".repeat(251)));
    }

    @Test
    void inRegion_multiRegionArn_changesTheRegionOnly() {
        assertEquals(
                KeyId.parse("arn:aws:kms:us-east-1:111122223333:key/" + MRK),
                KeyId.parse(ARN + "key/" + MRK).inRegion("us-east-1"));
    }

    @Test
    void inRegion_multiRegionKeyId_isUnchanged() {
        KeyId id = KeyId.parse(MRK);
        assertSame(id, id.inRegion("us-east-1"));
    }

    @Test
    void inRegion_singleRegionKeyOrAlias_isRefused() {
        Exception refused =
                assertThrows(ProviderBug.class, () -> KeyId.parse(UUID).inRegion("us-east-1"));
        assertEquals(
                "a bug in kms-jca, please report it: " + UUID + " does not name a multi-Region key, so it has no"
                        + " replicas",
                refused.getMessage());
        // the name of an alias says nothing about its key
        assertThrows(ProviderBug.class, () -> KeyId.parse("alias/mrk-" + UUID).inRegion("us-east-1"));
    }

    @Test
    void inRegion_notARegion_isRefused() {
        KeyId id = KeyId.parse(ARN + "key/" + MRK);
        assertThrows(IllegalArgumentException.class, () -> id.inRegion("us:east"));
    }

    @Test
    void name_eachForm_isTheKeyIdOrAliasName() {
        assertEquals(UUID, KeyId.parse(UUID).name());
        assertEquals(UUID, KeyId.parse(ARN + "key/" + UUID).name());
        assertEquals(MRK, KeyId.parse(ARN + "key/" + MRK).name());
        assertEquals("alias/team/a", KeyId.parse("alias/team/a").name());
        assertEquals("alias/x:alias/a", KeyId.parse(ARN + "alias/x:alias/a").name());
    }

    @Test
    void equals_sameText_isTrueOnlyInTheSameCase() {
        assertEquals(KeyId.parse("alias/a"), KeyId.parse("alias/a"));
        assertEquals(KeyId.parse("alias/a").hashCode(), KeyId.parse("alias/a").hashCode());
        assertNotEquals(KeyId.parse("alias/a"), KeyId.parse("alias/A"));
    }
}

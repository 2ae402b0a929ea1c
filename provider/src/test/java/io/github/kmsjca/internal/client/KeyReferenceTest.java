package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReferenceTest {
    private static final String ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/" + ID;
    private static final String OTHER = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000";
    private static final String MRK = "mrk-1234abcd12ab34cd56ef1234567890ab";
    private static final String REPLICA_EU = "arn:aws:kms:eu-west-1:111122223333:key/" + MRK;
    private static final String REPLICA_US = "arn:aws:kms:us-east-1:111122223333:key/" + MRK;

    @ParameterizedTest
    @CsvSource({
        ID + "," + ARN,
        ARN + "," + ARN,
        ARN + "," + ID,
        "alias/a," + ARN,
        "alias/a," + ID,
        "arn:aws:kms:eu-west-1:111122223333:alias/a," + ARN,
        REPLICA_EU + "," + REPLICA_US,
        "arn:aws:kms:eu-west-1:111122223333:alias/a," + REPLICA_US
    })
    void requireSame_answerOfTheKey_isAccepted(String name, String answeredKey) {
        KeyReference key = reference(name);
        key.requireSame(answeredKey);
        key.accept(answeredKey);
        key.requireSame(answeredKey);
        assertFalse(key.isStale());
    }

    @ParameterizedTest
    @CsvSource({
        ID + "," + OTHER,
        ARN + "," + OTHER,
        ARN + ",arn:aws:kms:eu-west-1:999999999999:key/" + ID,
        ARN + ",arn:aws:kms:us-east-1:111122223333:key/" + ID,
        "arn:aws:kms:eu-west-1:111122223333:alias/a,arn:aws:kms:eu-west-1:999999999999:key/" + ID,
        "arn:aws:kms:eu-west-1:111122223333:alias/a,arn:aws:kms:us-east-1:111122223333:key/" + ID
    })
    void requireSame_answerOfAnotherKey_isRefused(String name, String answeredKey) {
        KeyReference key = reference(name);
        assertEquals(
                "KMS returned key " + answeredKey + " instead of key " + name
                        + "; check the endpoint and the proxies on the way to it",
                assertThrows(KmsException.class, () -> key.requireSame(answeredKey))
                        .getMessage());
        assertFalse(key.isStale());
    }

    @Test
    void requireSame_answerThatWasNotAccepted_doesNotDetermineTheKey() {
        KeyReference key = reference("alias/a");
        key.requireSame(OTHER);
        key.accept(ARN);
        key.requireSame(ARN);
    }

    @Test
    void requireSame_movedAlias_isRefusedAndStale() {
        KeyReference key = reference("alias/a");
        key.accept(ARN);
        assertEquals(
                "alias/a now points to key " + OTHER + " instead of " + ARN
                        + ", so the answer was rejected; get the key from the KeyStore again",
                assertThrows(KmsException.class, () -> key.requireSame(OTHER)).getMessage());
        assertTrue(key.isStale());
    }

    /** A key id does not name the account, so it does not identify the key. */
    @Test
    void accept_keyId_doesNotDetermineTheKey() {
        KeyReference key = reference("alias/a");
        key.accept(ID);
        key.accept(OTHER);
        // the ARN in the second answer has determined the key
        assertThrows(KmsException.class, () -> key.requireSame(ARN));
    }

    /**
     * An alias exists only in its own Region: in {@code home} or, if {@code home} is not known, in the Region of the
     * accepted ARN.
     */
    @ParameterizedTest
    @CsvSource({
        "alias/a, eu-west-1, eu-west-1, alias/a",
        "alias/a, us-east-1, eu-west-1, " + REPLICA_US,
        "alias/a, us-east-1, us-east-1, alias/a",
        "alias/a, eu-west-1, , alias/a",
        MRK + ", us-east-1, eu-west-1, " + MRK,
        REPLICA_EU + ", us-east-1, eu-west-1, " + REPLICA_US
    })
    void inRegion_multiRegionKey_isTheNameThatTheRegionKnows(String name, String region, String home, String expected) {
        KeyReference key = reference(name);
        key.accept(REPLICA_EU);
        assertTrue(key.isMultiRegion());
        assertEquals(expected, key.inRegion(region, Optional.ofNullable(home)).text());
    }

    private static KeyReference reference(String name) {
        return KeyReference.of(KeyId.parse(name));
    }
}

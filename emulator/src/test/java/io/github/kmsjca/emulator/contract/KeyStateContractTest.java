package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * Which operations on signing keys, their aliases and their tags work while a key is disabled or pending deletion, and
 * how a key gets into and out of these states.
 */
class KeyStateContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("a message");

    static Stream<Consumer<String>> signAndVerify() {
        return Stream.of(
                KeyStateContractTest::sign,
                key -> KMS.verify(request ->
                        request.keyId(key).message(MESSAGE).signature(MESSAGE).signingAlgorithm("ECDSA_SHA_256")));
    }

    static Stream<Consumer<String>> changesAndGetPublicKey() {
        return Stream.of(
                key -> KMS.enableKey(request -> request.keyId(key)),
                key -> KMS.disableKey(request -> request.keyId(key)),
                key -> KMS.scheduleKeyDeletion(request -> request.keyId(key)),
                KeyStateContractTest::tag,
                key -> KMS.untagResource(request -> request.keyId(key).tagKeys("a")),
                key -> KMS.createAlias(
                        request -> request.targetKeyId(key).aliasName("alias/kms-jca-contract-never-created")),
                key -> KMS.getPublicKey(request -> request.keyId(key)));
    }

    @ParameterizedTest
    @MethodSource("signAndVerify")
    void disabledKey_signAndVerify_areDisabledExceptions(Consumer<String> operation) {
        String key = disabledKey();
        assertRefused("DisabledException", key + " is disabled.", () -> operation.accept(key));
    }

    @ParameterizedTest
    @MethodSource({"signAndVerify", "changesAndGetPublicKey"})
    void keyPendingDeletion_signVerifyChangesAndGetPublicKey_areInvalidStateExceptions(Consumer<String> operation) {
        String key = keyPendingDeletion();
        assertRefused("KMSInvalidStateException", key + " is pending deletion.", () -> operation.accept(key));
    }

    @Test
    void disabledKey_tagsAliasesAndReading_work() {
        String key = disabledKey();
        assertDoesNotThrow(() -> tag(key));
        assertEquals(
                1, KMS.listResourceTags(request -> request.keyId(key)).tags().size());
        assertEquals(
                SERVICE.createAlias(key),
                KMS.listAliases(request -> request.keyId(key)).aliases().get(0).aliasName());
        assertEquals(key, KMS.getPublicKey(request -> request.keyId(key)).keyId());
        KeyMetadata metadata = KMS.describeKey(request -> request.keyId(key)).keyMetadata();
        assertEquals(KeyState.DISABLED, metadata.keyState());
        assertFalse(metadata.enabled());
    }

    @Test
    void keyPendingDeletion_describeKeyListsAndDeleteAlias_work() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        String alias = SERVICE.createAlias(key);
        KMS.scheduleKeyDeletion(request -> request.keyId(key));
        assertEquals(1, KMS.listAliases(request -> request.keyId(key)).aliases().size());
        assertTrue(KMS.listResourceTags(request -> request.keyId(key)).tags().isEmpty());
        KMS.deleteAlias(request -> request.aliasName(alias));
        KeyMetadata metadata = KMS.describeKey(request -> request.keyId(key)).keyMetadata();
        assertEquals(KeyState.PENDING_DELETION, metadata.keyState());
        assertFalse(metadata.enabled());
        assertNotNull(metadata.deletionDate());
    }

    @Test
    void updateAlias_newTargetPendingDeletion_isInvalidStateException() {
        String pending = keyPendingDeletion();
        String alias = SERVICE.createAlias(SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY"));
        assertRefused(
                "KMSInvalidStateException",
                pending + " is pending deletion.",
                () -> KMS.updateAlias(request -> request.aliasName(alias).targetKeyId(pending)));
    }

    @Test
    void updateAlias_oldTargetPendingDeletion_movesTheAlias() {
        String before = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        String after = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        String alias = SERVICE.createAlias(before);
        KMS.scheduleKeyDeletion(request -> request.keyId(before));
        KMS.updateAlias(request -> request.aliasName(alias).targetKeyId(after));
        assertEquals(after, sign(alias).keyId());
    }

    @Test
    void enableAndDisable_twice_areIdempotent() {
        String key = disabledKey();
        KMS.disableKey(request -> request.keyId(key));
        KMS.enableKey(request -> request.keyId(key));
        KMS.enableKey(request -> request.keyId(key));
        assertEquals(key, sign(key).keyId());
    }

    @Test
    void scheduleKeyDeletion_withoutWindow_takes30Days() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        ScheduleKeyDeletionResponse response = KMS.scheduleKeyDeletion(request -> request.keyId(key));
        assertEquals(key, response.keyId());
        assertEquals(30, response.pendingWindowInDays());
        assertEquals(KeyState.PENDING_DELETION, response.keyState());
        Duration window = Duration.between(Instant.now(), response.deletionDate());
        assertTrue(window.compareTo(Duration.ofDays(29)) > 0 && window.compareTo(Duration.ofDays(31)) < 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 31, 365})
    void scheduleKeyDeletion_windowOutside7To30Days_isValidationException(int days) {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        assertRefused(
                "ValidationException",
                "PendingWindowInDays must be between 7 and 30",
                () -> KMS.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(days)));
    }

    @Test
    void scheduleKeyDeletion_366Days_reportsTheLimitOfTheApiModel() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '366' at 'pendingWindowInDays' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 365",
                () -> KMS.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(366)));
    }

    @Test
    void cancelKeyDeletion_pendingKey_isDisabledAfterwards() {
        String key = keyPendingDeletion();
        assertEquals(key, KMS.cancelKeyDeletion(request -> request.keyId(key)).keyId());
        KeyMetadata metadata = KMS.describeKey(request -> request.keyId(key)).keyMetadata();
        assertEquals(KeyState.DISABLED, metadata.keyState());
        assertNull(metadata.deletionDate());
        KMS.enableKey(request -> request.keyId(key));
        assertEquals(key, sign(key).keyId());
    }

    @Test
    void cancelKeyDeletion_keyNotPendingDeletion_isInvalidStateException() {
        String enabled = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        String disabled = disabledKey();
        assertRefused(
                "KMSInvalidStateException",
                enabled + " is not pending deletion.",
                () -> KMS.cancelKeyDeletion(request -> request.keyId(enabled)));
        assertRefused(
                "KMSInvalidStateException",
                disabled + " is not pending deletion.",
                () -> KMS.cancelKeyDeletion(request -> request.keyId(disabled)));
    }

    private static String disabledKey() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        KMS.disableKey(request -> request.keyId(key));
        return key;
    }

    private static String keyPendingDeletion() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        KMS.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(7));
        return key;
    }

    private static SignResponse sign(String key) {
        return KMS.sign(request -> request.keyId(key).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"));
    }

    private static void tag(String key) {
        KMS.tagResource(request ->
                request.keyId(key).tags(Tag.builder().tagKey("a").tagValue("b").build()));
    }
}

package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.emulator.wire.ErrorType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DependencyTimeoutException;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Tests which requests a fault affects, and what the client sees of each kind of fault. */
class FaultsTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    @AutoClose
    private static final KmsClient KMS = Clients.withoutRetries(EMULATOR);

    private static final String KEY = EMULATOR.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");

    @AfterEach
    void clearFaultsAndLog() {
        EMULATOR.faults().clear();
        EMULATOR.requests().clear();
    }

    @Test
    void response_statusAndHeader_areSentAsGiven() {
        EMULATOR.faults().add(Fault.on("Sign").response(418, Map.of("X-Proxy", "p"), new byte[] {'{', '}'}));
        KmsException refusal = assertThrows(KmsException.class, () -> sign(KEY));
        assertEquals(418, refusal.statusCode());
        assertEquals(
                Optional.of("p"), refusal.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("X-Proxy"));
    }

    @Test
    void breakOff_sign_isClientErrorAndLogged() {
        EMULATOR.faults().add(Fault.on("Sign").breakOff());
        assertThrows(SdkClientException.class, () -> sign(KEY));
        assertEquals(1, EMULATOR.requests().of("Sign").size());
    }

    @Test
    void afterOperation_reset_theOperationHasRun() {
        EMULATOR.faults().add(Fault.on("CreateAlias").afterOperation().reset());
        assertThrows(SdkClientException.class, () -> createAlias("alias/late"));
        assertThrows(AlreadyExistsException.class, () -> createAlias("alias/late"));
    }

    @Test
    void reset_createAlias_theOperationHasNotRun() {
        EMULATOR.faults().add(Fault.on("CreateAlias").reset());
        assertThrows(SdkClientException.class, () -> createAlias("alias/early"));
        createAlias("alias/early");
    }

    static Stream<Fault> endlessFaults() {
        return Stream.of(Fault.on("Sign").silence(), Fault.on("Sign").stall());
    }

    @ParameterizedTest
    @MethodSource("endlessFaults")
    void silenceAndStall_sign_lastUntilTheClientGivesUp(Fault fault) {
        EMULATOR.faults().add(fault);
        assertThrows(
                ApiCallTimeoutException.class,
                () -> KMS.sign(request -> request.keyId(KEY)
                        .message(SdkBytes.fromByteArray(new byte[32]))
                        .messageType("DIGEST")
                        .signingAlgorithm("ECDSA_SHA_256")
                        .overrideConfiguration(limits -> limits.apiCallTimeout(Duration.ofMillis(500)))));
    }

    @Test
    void error_kmsTypeWithoutTimes_hasStatusOfKmsAndAffectsOneRequest() {
        EMULATOR.faults().add(Fault.on("Sign").error(ErrorType.DEPENDENCY_TIMEOUT, "later"));
        DependencyTimeoutException refusal = assertThrows(DependencyTimeoutException.class, () -> sign(KEY));
        assertEquals("later", refusal.awsErrorDetails().errorMessage());
        assertEquals(503, refusal.statusCode());
        sign(KEY);
        assertEquals(0, EMULATOR.faults().size());
    }

    @Test
    void error_customTypeWithoutMessage_isSentAsGiven() {
        EMULATOR.faults().add(Fault.on("Sign").error("BrandNewException", 418, null));
        KmsException refusal = assertThrows(KmsException.class, () -> sign(KEY));
        assertEquals("BrandNewException", refusal.awsErrorDetails().errorCode());
        assertNull(refusal.awsErrorDetails().errorMessage());
        assertEquals(418, refusal.statusCode());
    }

    @Test
    void throttled_twice_isRetriedByTheClient() {
        EMULATOR.faults().add(Fault.on("Sign").times(2).throttled());
        try (KmsClient retrying = Clients.withAttempts(EMULATOR, 3)) {
            assertEquals(KEY, retrying.sign(Clients.sign(KEY)).keyId());
        }
        List<LoggedRequest> signs = EMULATOR.requests().of("Sign");
        assertEquals(3, signs.size());
        assertEquals("ThrottlingException", signs.get(1).errorType().orElseThrow());
        assertTrue(signs.get(2).errorType().isEmpty());
    }

    @Test
    void throttled_anyOperation_hasTheMessageOfKms() {
        EMULATOR.faults().add(Fault.onAny().throttled());
        KmsException refusal = assertThrows(KmsException.class, () -> sign(KEY));
        assertTrue(refusal.isThrottlingException());
        assertEquals(
                "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
                refusal.awsErrorDetails().errorMessage());
    }

    @Test
    void accessDenied_alias_namesTheKeyArn() {
        EMULATOR.faults().add(Fault.on("Sign").accessDenied());
        KmsException refusal = assertThrows(KmsException.class, () -> sign("alias/release"));
        assertEquals("AccessDeniedException", refusal.awsErrorDetails().errorCode());
        assertEquals(
                "User: arn:aws:iam::111122223333:user/test is not authorized to perform: kms:Sign on resource: " + KEY
                        + " because no identity-based policy allows the kms:Sign action",
                refusal.awsErrorDetails().errorMessage());
    }

    @Test
    void accessDenied_operationWithoutKey_namesAnAsteriskAsResource() {
        EMULATOR.faults().add(Fault.on("ListAliases").accessDenied());
        KmsException refusal = assertThrows(KmsException.class, KMS::listAliases);
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(" kms:ListAliases on resource: * because "), message);
    }

    @Test
    void reset_once_closesTheConnectionWithoutAnswer() {
        EMULATOR.faults().add(Fault.on("Sign").reset());
        SdkClientException failure = assertThrows(SdkClientException.class, () -> sign(KEY));
        assertInstanceOf(IOException.class, failure.getCause());
        assertEquals(0, EMULATOR.requests().of("Sign").get(0).status());
        sign(KEY);
    }

    @Test
    void reset_once_isRetriedByTheClient() {
        EMULATOR.faults().add(Fault.on("Sign").reset());
        try (KmsClient retrying = Clients.withAttempts(EMULATOR, 2)) {
            assertEquals(KEY, retrying.sign(Clients.sign(KEY)).keyId());
        }
        assertEquals(2, EMULATOR.requests().of("Sign").size());
    }

    @Test
    void corrupt_once_answerIsNotJson() {
        EMULATOR.faults().add(Fault.on("DescribeKey").corrupt());
        assertThrows(SdkClientException.class, () -> KMS.describeKey(request -> request.keyId(KEY)));
        assertDoesNotThrow(() -> KMS.describeKey(request -> request.keyId(KEY)));
    }

    @Test
    void rewrite_once_changesTheAnswer() {
        // AAAA is the Base64 of three bytes
        EMULATOR.faults()
                .add(Fault.on("Sign")
                        .rewrite(body -> body.replaceAll("\"Signature\":\"[^\"]*\"", "\"Signature\":\"AAAA\"")));
        assertEquals(3, KMS.sign(Clients.sign(KEY)).signature().asByteArrayUnsafe().length);
        assertTrue(KMS.sign(Clients.sign(KEY)).signature().asByteArrayUnsafe().length > 60);
    }

    @Test
    void delayThenError_oneRequest_isAffectedByBoth() {
        Duration delay = Duration.ofMillis(120);
        EMULATOR.faults()
                .add(Fault.on("Sign").delay(delay))
                .add(Fault.on("Sign").error(ErrorType.KMS_INTERNAL, "slow and broken"));
        long start = System.nanoTime();
        assertThrows(KmsException.class, () -> sign(KEY));
        assertTrue(System.nanoTime() - start >= delay.toNanos());
        assertEquals(0, EMULATOR.faults().size());
    }

    @Test
    void twoErrors_twoRequests_areReturnedInOrder() {
        EMULATOR.faults()
                .add(Fault.on("Sign").error(ErrorType.KMS_INTERNAL, "first"))
                .add(Fault.on("Sign").error(ErrorType.KMS_INTERNAL, "second"));
        assertEquals(
                "first",
                assertThrows(KmsException.class, () -> sign(KEY))
                        .awsErrorDetails()
                        .errorMessage());
        assertEquals(
                "second",
                assertThrows(KmsException.class, () -> sign(KEY))
                        .awsErrorDetails()
                        .errorMessage());
    }

    @Test
    void fault_forOneOperationAndIdentifier_affectsOnlyMatchingRequests() {
        String other = EMULATOR.createKey("ECC_NIST_P256");
        EMULATOR.faults()
                .add(Fault.on("Verify").throttled())
                .add(Fault.on("Sign").key("alias/release").throttled());
        sign(other);
        // the ARN of the key that alias/release names: the same key, but another identifier
        sign(KEY);
        assertThrows(KmsException.class, () -> sign("alias/release"));
        assertEquals(1, EMULATOR.faults().size());
    }

    @Test
    void key_aliasNameOfCreateAlias_affectsTheRequest() {
        EMULATOR.faults().add(Fault.onAny().key("alias/fresh").throttled());
        assertThrows(
                KmsException.class,
                () -> KMS.createAlias(
                        request -> request.aliasName("alias/fresh").targetKeyId(KEY)));
        assertFalse(EMULATOR.hasAlias("alias/fresh"));
    }

    @Test
    void always_manyRequests_isNeverUsedUp() {
        EMULATOR.faults().add(Fault.on("Sign").always().throttled());
        for (int i = 0; i < 5; i++) {
            assertThrows(KmsException.class, () -> sign(KEY));
        }
        assertEquals(1, EMULATOR.faults().size());
    }

    @Test
    void times_zero_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Fault.on("Sign").times(0));
    }

    private static void sign(String key) {
        KMS.sign(Clients.sign(key));
    }

    private static void createAlias(String name) {
        KMS.createAlias(request -> request.aliasName(name).targetKeyId(KEY));
    }
}

package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.Tag;

/** Which key identifiers the operations on signing keys accept, and the errors if they are invalid or missing. */
class KeyIdentifierContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("a message");
    private static final String KEY = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
    private static final String ALIAS = SERVICE.createAlias(KEY);

    static Stream<String> forms() {
        return Stream.of(ServiceUnderTest.keyId(KEY), KEY, ALIAS, ServiceUnderTest.aliasArn(KEY, ALIAS));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keyIdentifier_eachForm_answerNamesTheKeyArn(String form) {
        assertEquals(
                KEY,
                KMS.describeKey(request -> request.keyId(form)).keyMetadata().arn());
        assertEquals(KEY, KMS.getPublicKey(request -> request.keyId(form)).keyId());
        var signed = KMS.sign(request -> request.keyId(form).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"));
        assertEquals(KEY, signed.keyId());
        var verified = KMS.verify(request -> request.keyId(form)
                .message(MESSAGE)
                .signature(signed.signature())
                .signingAlgorithm("ECDSA_SHA_256"));
        assertEquals(KEY, verified.keyId());
    }

    static Stream<Arguments> operationsThatRefuseAliases() {
        return Stream.<Consumer<String>>of(
                        id -> KMS.listAliases(request -> request.keyId(id)),
                        id -> KMS.listResourceTags(request -> request.keyId(id)),
                        id -> KMS.tagResource(request -> request.keyId(id)
                                .tags(Tag.builder().tagKey("a").tagValue("b").build())),
                        id -> KMS.untagResource(request -> request.keyId(id).tagKeys("a")),
                        id -> KMS.enableKey(request -> request.keyId(id)),
                        id -> KMS.disableKey(request -> request.keyId(id)),
                        id -> KMS.scheduleKeyDeletion(request -> request.keyId(id)),
                        id -> KMS.cancelKeyDeletion(request -> request.keyId(id)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("operationsThatRefuseAliases")
    void alias_operationThatRefusesAliases_isInvalidArnException(Consumer<String> operation) {
        for (String alias : List.of(ALIAS, ServiceUnderTest.aliasArn(KEY, ALIAS))) {
            assertRefused(
                    "InvalidArnException",
                    "Key Aliases are not supported for this operation.",
                    () -> operation.accept(alias));
        }
    }

    static Stream<Arguments> operationsOnSigningKeys() {
        return Stream.concat(
                operationsThatRefuseAliases(),
                Stream.<Consumer<String>>of(
                                id -> KMS.describeKey(request -> request.keyId(id)),
                                id -> KMS.getPublicKey(request -> request.keyId(id)),
                                id -> KMS.sign(request ->
                                        request.keyId(id).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256")),
                                id -> KMS.verify(request -> request.keyId(id)
                                        .message(MESSAGE)
                                        .signature(MESSAGE)
                                        .signingAlgorithm("ECDSA_SHA_256")),
                                id -> KMS.createAlias(request ->
                                        request.targetKeyId(id).aliasName("alias/kms-jca-contract-never-created")),
                                id -> KMS.updateAlias(
                                        request -> request.targetKeyId(id).aliasName(ALIAS)))
                        .map(Arguments::of));
    }

    @ParameterizedTest
    @MethodSource("operationsOnSigningKeys")
    void unknownKeyId_operationOnSigningKey_isNotFoundExceptionWithTheArn(Consumer<String> operation) {
        String id = UUID.randomUUID().toString();
        String arn = KEY.substring(0, KEY.lastIndexOf('/') + 1) + id;
        assertRefused("NotFoundException", "Key '" + arn + "' does not exist", () -> operation.accept(id));
        assertRefused("NotFoundException", "Key '" + arn + "' does not exist", () -> operation.accept(arn));
    }

    @ParameterizedTest
    @MethodSource("operationsOnSigningKeys")
    void malformedKeyId_operationOnSigningKey_isNotFoundException(Consumer<String> operation) {
        assertRefused("NotFoundException", "Invalid keyId 'fake'", () -> operation.accept("fake"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mrk-x", "1234abcd12ab34cd56ef1234567890ab", "1234ABCD-12AB-34CD-56EF-1234567890AB", " "})
    void malformedKeyId_describeKey_isNotFoundException(String id) {
        assertRefused(
                "NotFoundException", "Invalid keyId '" + id + "'", () -> KMS.describeKey(request -> request.keyId(id)));
    }

    @ParameterizedTest
    @MethodSource("operationsOnSigningKeys")
    void arnOfAnotherRegion_operationOnSigningKey_isNotFoundException(Consumer<String> operation) {
        String arn = KEY.replace(":" + SERVICE.region() + ":", ":ap-south-2:");
        assertRefused("NotFoundException", "Invalid arn ap-south-2", () -> operation.accept(arn));
    }

    @Test
    void unknownAlias_describeKey_isNotFoundExceptionWithTheArn() {
        String name = "alias/kms-jca-contract-unknown";
        String message = "Alias " + ServiceUnderTest.aliasArn(KEY, name) + " is not found.";
        assertRefused("NotFoundException", message, () -> KMS.describeKey(request -> request.keyId(name)));
    }

    @Test
    void alias_differentCase_isAnotherAlias() {
        String upper = ALIAS.toUpperCase(Locale.ROOT).replace("ALIAS/", "alias/");
        assertRefused("NotFoundException", () -> KMS.describeKey(request -> request.keyId(upper)));
    }

    @ParameterizedTest
    // %s: the Region and the account
    @ValueSource(strings = {"arn:aws:kms", "arn:aws:s3:::bucket", "arn:aws:kms:%s:%s:grant/x"})
    void malformedArn_describeKey_isInvalidArnException(String form) {
        String arn = form.formatted(SERVICE.region(), ServiceUnderTest.account(KEY));
        assertRefused("InvalidArnException", () -> KMS.describeKey(request -> request.keyId(arn)));
    }

    @Test
    void keyOfAnotherAccount_describeKey_isAccessDeniedException() {
        String otherAccount = "arn:aws:kms:" + SERVICE.region() + ":999999999999:key/" + UUID.randomUUID();
        KmsException refusal =
                assertThrows(KmsException.class, () -> KMS.describeKey(request -> request.keyId(otherAccount)));
        assertEquals("AccessDeniedException", refusal.awsErrorDetails().errorCode());
        String message = refusal.awsErrorDetails().errorMessage();
        assertTrue(
                message.endsWith(" is not authorized to perform: kms:DescribeKey on this resource because the resource"
                        + " does not exist in this Region, no resource-based policies allow access, or a"
                        + " resource-based policy explicitly denies access"),
                message);
    }

    @Test
    void emptyKeyId_describeKey_isValidationException() {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '' at 'keyId' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1",
                () -> KMS.describeKey(request -> request.keyId("")));
    }

    @Test
    void noKeyId_describeKey_isValidationException() {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value null at 'keyId' failed to satisfy constraint:"
                        + " Member must not be null",
                () -> KMS.describeKey(request -> {}));
    }

    @Test
    void noMembers_sign_namesEachRequiredMember() {
        assertRefused(
                "ValidationException",
                "3 validation errors detected:"
                        + " Value null at 'keyId' failed to satisfy constraint: Member must not be null;"
                        + " Value null at 'message' failed to satisfy constraint: Member must not be null;"
                        + " Value null at 'signingAlgorithm' failed to satisfy constraint: Member must not be null",
                () -> KMS.sign(request -> {}));
    }
}

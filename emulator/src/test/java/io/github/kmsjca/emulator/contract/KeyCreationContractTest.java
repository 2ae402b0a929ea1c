package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.Tag;

/** KMS API {@code CreateKey}: policy, description, tags, origin, custom key store, {@code CustomerMasterKeySpec}. */
class KeyCreationContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final String ACCOUNT = account();
    private static final String LOCKED_OUT =
            "The new key policy will not allow you to update the key policy in the future.";

    private static String account() {
        return ServiceUnderTest.account(SERVICE.createKey("HMAC_256", "GENERATE_VERIFY_MAC"));
    }

    private static KeyMetadata create(Consumer<CreateKeyRequest.Builder> members) {
        KeyMetadata key = KMS.createKey(members).keyMetadata();
        SERVICE.removeAtEnd(key);
        return key;
    }

    private static String statement(String principal, String action) {
        return "{\"Effect\":\"Allow\",\"Principal\":" + principal + ",\"Action\":" + action + ",\"Resource\":\"*\"}";
    }

    /** Returns a policy with these statements, in which the account number replaces the word ACCOUNT. */
    private static String policy(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":" + statements.replace("ACCOUNT", ACCOUNT) + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"AWS\":\"arn:aws:iam::ACCOUNT:root\"} | \"kms:*\"",
                "{\"AWS\":[\"ACCOUNT\"]} | [\"kms:Sign\",\"KMS:PutKey*\"]",
                "\"*\" | \"*\""
            })
    void policy_accountCanChangePolicy_isAccepted(String principal, String action) {
        String statement = statement(principal, action);
        create(request -> request.policy(policy("[" + statement + "]")));
        create(request -> request.policy(policy(statement)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"AWS\":\"arn:aws:iam::ACCOUNT:root\"} | \"kms:Sign\"",
                "{\"AWS\":\"arn:aws:iam::ACCOUNT:root\"} | \"kms:Put?eyPolicies\"",
                "{\"Service\":\"s3.amazonaws.com\"} | \"kms:*\""
            })
    void policy_accountCannotChangePolicy_isAcceptedOnlyWithBypass(String principal, String action) {
        String policy = policy("[" + statement(principal, action) + "]");
        assertRefused(
                "MalformedPolicyDocumentException", LOCKED_OUT, () -> KMS.createKey(request -> request.policy(policy)));
        assertRefused(
                "MalformedPolicyDocumentException",
                LOCKED_OUT,
                () -> KMS.createKey(request -> request.policy(policy).bypassPolicyLockoutSafetyCheck(false)));
        create(request -> request.policy(policy).bypassPolicyLockoutSafetyCheck(true));
    }

    @Test
    void policy_onlyDenies_isRefused() {
        String denial = statement("\"*\"", "\"*\"").replace("Allow", "Deny");
        assertRefused(
                "MalformedPolicyDocumentException",
                LOCKED_OUT,
                () -> KMS.createKey(request -> request.policy(policy("[" + denial + "]"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"Statement\":[]}", "{\"Statement\":[1]}", "\"text\""})
    void policy_malformed_isRefusedEvenWithBypass(String policy) {
        assertRefused(
                "MalformedPolicyDocumentException",
                () -> KMS.createKey(request -> request.policy(policy).bypassPolicyLockoutSafetyCheck(true)));
    }

    @Test
    void policy_longerThan32Kilobytes_isLimitExceededException() {
        String allowing = statement("{\"AWS\":\"ACCOUNT\"}", "\"kms:*\"");
        String unpadded = policy("[" + allowing + "]");
        String blanks = " ".repeat(32 * 1024 - unpadded.length());
        String longest = unpadded.replace("\"2012", blanks + "\"2012");
        create(request -> request.policy(longest));
        assertRefused("LimitExceededException", () -> KMS.createKey(request -> request.policy(longest + " ")));
    }

    @Test
    void description_longerThan8192Characters_isValidationException() {
        String longest = "d".repeat(8192);
        assertEquals(longest, create(request -> request.description(longest)).description());
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + longest + "d' at 'description' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 8192",
                () -> KMS.createKey(request -> request.description(longest + "d")));
    }

    @Test
    void tags_breakingARule_areRefused() {
        Tag tag = Tag.builder().tagKey("a").tagValue("").build();
        assertRefused("TagException", "Duplicate tag keys", () -> KMS.createKey(request -> request.tags(tag, tag)));
        assertRefused(
                "TagException",
                "Tags beginning with aws: are reserved",
                () -> KMS.createKey(
                        request -> request.tags(tag.toBuilder().tagKey("AWS:a").build())));
        Tag[] many = IntStream.range(0, 51)
                .mapToObj(i -> tag.toBuilder().tagKey("t" + i).build())
                .toArray(Tag[]::new);
        assertRefused("TagException", "Too many tags", () -> KMS.createKey(request -> request.tags(many)));
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + "v".repeat(257) + "' at 'tags.2.member.tagValue' failed to"
                        + " satisfy constraint: Member must have length less than or equal to 256",
                () -> KMS.createKey(request -> request.tags(
                        tag, Tag.builder().tagKey("b").tagValue("v".repeat(257)).build())));
    }

    @ParameterizedTest
    @CsvSource({"ECC_NIST_EDWARDS25519, SIGN_VERIFY", "ML_DSA_65, SIGN_VERIFY", "ML_KEM_768, ENCAPSULATE_DECAPSULATE"})
    @SuppressWarnings("deprecation") // the old name of KeySpec is still part of the service
    void createKey_newSpecAsCustomerMasterKeySpec_isValidationException(String spec, String usage) {
        assertRefused(
                "ValidationException",
                () -> KMS.createKey(
                        request -> request.customerMasterKeySpec(spec).keyUsage(usage)));
    }

    @Test
    void createKey_originAwsKms_isAccepted() {
        assertEquals("AWS_KMS", create(request -> request.origin("AWS_KMS")).originAsString());
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_CLOUDHSM, ,",
        "EXTERNAL_KEY_STORE, ,",
        "EXTERNAL_KEY_STORE, cks-1,",
        "EXTERNAL_KEY_STORE, , key",
        "AWS_CLOUDHSM, cks-1, key",
        ", cks-1,",
        "AWS_KMS, , key",
        "EXTERNAL, cks-1,"
    })
    void createKey_originAndCustomKeyStoreDoNotMatch_isValidationException(
            @Nullable String origin, @Nullable String customKeyStore, @Nullable String externalKey) {
        assertRefused(
                "ValidationException",
                () -> KMS.createKey(request ->
                        request.origin(origin).customKeyStoreId(customKeyStore).xksKeyId(externalKey)));
    }

    @ParameterizedTest
    @CsvSource({"AWS_CLOUDHSM,", "EXTERNAL_KEY_STORE, key"})
    void createKey_unknownCustomKeyStore_isCustomKeyStoreNotFoundException(
            String origin, @Nullable String externalKey) {
        assertRefused(
                "CustomKeyStoreNotFoundException",
                () -> KMS.createKey(request ->
                        request.origin(origin).customKeyStoreId("cks-none").xksKeyId(externalKey)));
    }

    @Test
    void createKey_rsaOrMultiRegionInACustomKeyStore_isUnsupportedOperationException() {
        assertRefused(
                "UnsupportedOperationException",
                () -> KMS.createKey(request -> request.origin("AWS_CLOUDHSM")
                        .customKeyStoreId("cks-none")
                        .keySpec("RSA_2048")
                        .keyUsage("SIGN_VERIFY")));
        assertRefused(
                "UnsupportedOperationException",
                () -> KMS.createKey(request -> request.origin("AWS_CLOUDHSM")
                        .customKeyStoreId("cks-none")
                        .multiRegion(true)));
    }

    @Test
    void createKey_malformedCustomKeyStoreMembers_areValidationExceptions() {
        assertRefused(
                "ValidationException",
                () -> KMS.createKey(request -> request.origin("AWS_CLOUDHSM").customKeyStoreId("c".repeat(65))));
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value 'a b' at 'xksKeyId' failed to satisfy constraint: Member must"
                        + " satisfy regular expression pattern: ^[a-zA-Z0-9-_.]+$",
                () -> KMS.createKey(request -> request.origin("EXTERNAL_KEY_STORE")
                        .customKeyStoreId("cks-none")
                        .xksKeyId("a b")));
    }
}

package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** KMS API {@code CreateKey}, {@code DescribeKey}, {@code GetPublicKey} and {@code ListKeys}. */
class KeyContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();

    @Test
    void createKey_signingKey_hasFullMetadata() {
        KeyMetadata key = KMS.createKey(request ->
                        request.keySpec("ECC_NIST_P256").keyUsage("SIGN_VERIFY").description("for a test"))
                .keyMetadata();
        SERVICE.removeAtEnd(key);

        assertTrue(key.keyId().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        assertEquals("arn:aws:kms:" + SERVICE.region() + ":" + key.awsAccountId() + ":key/" + key.keyId(), key.arn());
        assertTrue(key.awsAccountId().matches("\\d{12}"));
        // the clocks of client and service can differ
        Duration age = Duration.between(key.creationDate(), Instant.now()).abs();
        assertTrue(age.compareTo(Duration.ofMinutes(5)) < 0, age::toString);
        assertTrue(key.enabled());
        assertEquals(KeyState.ENABLED, key.keyState());
        assertEquals("for a test", key.description());
        assertEquals("AWS_KMS", key.originAsString());
        assertEquals("CUSTOMER", key.keyManagerAsString());
        assertEquals("ECC_NIST_P256", key.keySpecAsString());
        assertEquals("ECC_NIST_P256", customerMasterKeySpec(key));
        assertEquals("SIGN_VERIFY", key.keyUsageAsString());
        assertEquals(List.of("ECDSA_SHA_256"), key.signingAlgorithmsAsStrings());
        assertFalse(key.multiRegion());
        assertNull(key.deletionDate());
        assertFalse(key.hasEncryptionAlgorithms());
        assertFalse(key.hasKeyAgreementAlgorithms());
        assertFalse(key.hasMacAlgorithms());
        assertEquals(key, KMS.describeKey(request -> request.keyId(key.arn())).keyMetadata());
    }

    @Test
    void createKey_withoutMembers_isSymmetricEncryptionKeyWithoutDescription() {
        KeyMetadata key = KMS.createKey(CreateKeyRequest.builder().build()).keyMetadata();
        SERVICE.removeAtEnd(key);
        assertEquals("SYMMETRIC_DEFAULT", key.keySpecAsString());
        assertEquals("ENCRYPT_DECRYPT", key.keyUsageAsString());
        assertEquals(List.of("SYMMETRIC_DEFAULT"), key.encryptionAlgorithmsAsStrings());
        assertEquals("", key.description());
        assertFalse(key.hasSigningAlgorithms());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RSA_2048 | SIGN_VERIFY | RSASSA_PKCS1_V1_5_SHA_256 RSASSA_PKCS1_V1_5_SHA_384 RSASSA_PKCS1_V1_5_SHA_512"
                        + " RSASSA_PSS_SHA_256 RSASSA_PSS_SHA_384 RSASSA_PSS_SHA_512",
                "RSA_2048 | ENCRYPT_DECRYPT | RSAES_OAEP_SHA_1 RSAES_OAEP_SHA_256",
                "ECC_NIST_P384 | SIGN_VERIFY | ECDSA_SHA_384",
                "ECC_NIST_P521 | SIGN_VERIFY | ECDSA_SHA_512",
                "ECC_NIST_P521 | KEY_AGREEMENT | ECDH",
                "ECC_SECG_P256K1 | SIGN_VERIFY | ECDSA_SHA_256",
                "ECC_NIST_EDWARDS25519 | SIGN_VERIFY | ED25519_PH_SHA_512 ED25519_SHA_512",
                "ML_DSA_44 | SIGN_VERIFY | ML_DSA_SHAKE_256",
                "ML_DSA_65 | SIGN_VERIFY | ML_DSA_SHAKE_256",
                "ML_DSA_87 | SIGN_VERIFY | ML_DSA_SHAKE_256"
            })
    void createKey_asymmetricKey_listsAlgorithmsOfItsUsageInAlphabeticalOrder(
            String spec, String usage, String algorithms) {
        String key = SERVICE.createKey(spec, usage);
        KeyMetadata metadata = KMS.describeKey(request -> request.keyId(key)).keyMetadata();
        GetPublicKeyResponse publicKey = KMS.getPublicKey(request -> request.keyId(key));

        List<String> listed = new ArrayList<>(metadata.signingAlgorithmsAsStrings());
        listed.addAll(metadata.encryptionAlgorithmsAsStrings());
        listed.addAll(metadata.keyAgreementAlgorithmsAsStrings());
        assertEquals(List.of(algorithms.split(" ")), listed);
        assertEquals(metadata.signingAlgorithmsAsStrings(), publicKey.signingAlgorithmsAsStrings());
        assertEquals(metadata.encryptionAlgorithmsAsStrings(), publicKey.encryptionAlgorithmsAsStrings());
        assertEquals(metadata.keyAgreementAlgorithmsAsStrings(), publicKey.keyAgreementAlgorithmsAsStrings());
    }

    @Test
    @SuppressWarnings("deprecation") // the old name of KeySpec is still part of the service
    void createKey_customerMasterKeySpec_isAccepted() {
        KeyMetadata key = KMS.createKey(request ->
                        request.customerMasterKeySpec("ECC_NIST_P384").keyUsage("SIGN_VERIFY"))
                .keyMetadata();
        SERVICE.removeAtEnd(key);
        assertEquals("ECC_NIST_P384", key.keySpecAsString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECC_NIST_EDWARDS25519", "ML_DSA_44", "ML_DSA_87"})
    void describeKey_newSpec_isAlsoReturnedAsCustomerMasterKeySpec(String spec) {
        String key = SERVICE.createKey(spec, "SIGN_VERIFY");
        KeyMetadata metadata = KMS.describeKey(request -> request.keyId(key)).keyMetadata();
        assertEquals(spec, metadata.keySpecAsString());
        assertEquals(spec, customerMasterKeySpec(metadata));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECC_NIST_P256", "RSA_2048", "ECC_NIST_EDWARDS25519", "ML_DSA_65"})
    void createKey_asymmetricWithoutUsage_isValidationException(String spec) {
        assertRefused(
                "ValidationException",
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
                () -> KMS.createKey(request -> request.keySpec(spec)));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, KEY_AGREEMENT",
        "ECC_NIST_P256, ENCRYPT_DECRYPT",
        "ECC_SECG_P256K1, KEY_AGREEMENT",
        "ECC_NIST_EDWARDS25519, KEY_AGREEMENT",
        "ECC_NIST_EDWARDS25519, ENCRYPT_DECRYPT",
        "ML_DSA_44, KEY_AGREEMENT",
        "ML_DSA_87, ENCRYPT_DECRYPT",
        "SYMMETRIC_DEFAULT, SIGN_VERIFY"
    })
    void createKey_usageOfAnotherSpec_isValidationException(String spec, String usage) {
        assertRefused(
                "ValidationException",
                "KeyUsage " + usage + " is not compatible with KeySpec " + spec,
                () -> KMS.createKey(request -> request.keySpec(spec).keyUsage(usage)));
    }

    @Test
    void createKey_unknownSpec_isValidationExceptionWithTheValue() {
        String message = assertRefused(
                        "ValidationException", () -> KMS.createKey(request -> request.keySpec("ECC_P256")))
                .awsErrorDetails()
                .errorMessage();
        assertTrue(
                message.startsWith("1 validation error detected: Value 'ECC_P256' at 'keySpec' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: ["),
                message);
        assertTrue(message.contains("ECC_NIST_P256"), message);
    }

    @ParameterizedTest
    @CsvSource({"RSA_2048, 294", "RSA_3072, 422"})
    void getPublicKey_rsa_isSpkiWithExponent65537(String spec, int length) throws GeneralSecurityException {
        String key = SERVICE.createKey(spec, "SIGN_VERIFY");
        GetPublicKeyResponse response = KMS.getPublicKey(request -> request.keyId(ServiceUnderTest.keyId(key)));

        assertEquals(key, response.keyId());
        assertEquals(spec, response.keySpecAsString());
        assertEquals("SIGN_VERIFY", response.keyUsageAsString());
        assertEquals(length, response.publicKey().asByteArrayUnsafe().length);
        PublicKey publicKey =
                SoftwareVerifier.publicKey(spec, response.publicKey().asByteArray());
        assertEquals(65537, ((RSAPublicKey) publicKey).getPublicExponent().intValueExact());
    }

    // lengths of a SubjectPublicKeyInfo with a named curve and an uncompressed point, RFC 5480 §2.2
    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256, 91", "ECC_NIST_P384, 120", "ECC_NIST_P521, 158", "ECC_SECG_P256K1, 88"})
    void getPublicKey_ecKey_hasTheLengthOfNamedCurveAndUncompressedPoint(String spec, int length) {
        String key = SERVICE.createKey(spec, "SIGN_VERIFY");
        byte[] spki =
                KMS.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        assertEquals(length, spki.length);
    }

    @Test
    void getPublicKey_symmetricKey_isUnsupportedOperationExceptionWithoutMessage() {
        String key = SERVICE.createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        assertRefused(
                "UnsupportedOperationException", NO_MESSAGE, () -> KMS.getPublicKey(request -> request.keyId(key)));
    }

    @Test
    void describeKeyAndGetPublicKey_emptyGrantTokens_areAccepted() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        List<String> noTokens = List.of();
        assertEquals(
                key,
                KMS.describeKey(request -> request.keyId(key).grantTokens(noTokens))
                        .keyMetadata()
                        .arn());
        assertEquals(
                key,
                KMS.getPublicKey(request -> request.keyId(key).grantTokens(noTokens))
                        .keyId());
    }

    @Test
    void getPublicKey_elevenGrantTokens_isValidationException() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value at 'grantTokens' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 10",
                () -> KMS.getPublicKey(request -> request.keyId(key).grantTokens(Collections.nCopies(11, "token"))));
    }

    @Test
    void listKeys_pagesOfTwo_haveEveryKeyOnce() {
        Set<String> created = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            created.add(SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY"));
        }
        List<KeyListEntry> listed = KMS.listKeysPaginator(request -> request.limit(2)).keys().stream()
                .toList();

        List<String> arns = listed.stream().map(KeyListEntry::keyArn).toList();
        assertEquals(arns.size(), new HashSet<>(arns).size());
        assertTrue(arns.containsAll(created));
        listed.forEach(entry -> assertEquals(ServiceUnderTest.keyId(entry.keyArn()), entry.keyId()));
    }

    @Test
    void listKeys_lastPage_isNotTruncatedAndHasNoMarker() {
        SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        ListKeysResponse all = KMS.listKeys(request -> request.limit(1000));
        assertFalse(all.truncated());
        assertNull(all.nextMarker());
        // a page that ends exactly with the last key is the last page
        ListKeysResponse full = KMS.listKeys(request -> request.limit(all.keys().size()));
        assertFalse(full.truncated());
    }

    @Test
    void listKeys_invalidMarker_isInvalidMarkerException() {
        assertRefused("InvalidMarkerException", () -> KMS.listKeys(request -> request.marker("Zm9yZWlnbg")));
        assertRefused("InvalidMarkerException", () -> KMS.listKeys(request -> request.marker("not base64 !")));
    }

    @ParameterizedTest
    @CsvSource({"0, greater than or equal to 1", "1001, less than or equal to 1000"})
    void listKeys_limitOutOfRange_isValidationException(int limit, String rule) {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value '" + limit
                        + "' at 'limit' failed to satisfy constraint: Member must have value " + rule,
                () -> KMS.listKeys(request -> request.limit(limit)));
    }

    @SuppressWarnings("deprecation") // the old name of KeySpec is still part of the service
    private static String customerMasterKeySpec(KeyMetadata key) {
        return key.customerMasterKeySpecAsString();
    }
}

package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * KMS API {@code GenerateDataKey} and {@code GenerateDataKeyPair}, both also {@code WithoutPlaintext}, and
 * {@code GenerateRandom}.
 */
class DataKeyContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final String KEY = SERVICE.createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    private static final Map<String, String> CONTEXT = Map.of("purpose", "test");

    private static byte[] decrypt(SdkBytes ciphertext) {
        return KMS.decrypt(request -> request.ciphertextBlob(ciphertext).encryptionContext(CONTEXT))
                .plaintext()
                .asByteArray();
    }

    @ParameterizedTest
    @CsvSource({"AES_128, , 16", "AES_256, , 32", ", 1024, 1024"})
    void generateDataKey_withAndWithoutPlaintext_ciphertextDecryptsToTheKey(
            @Nullable String spec, @Nullable Integer numberOfBytes, int expectedLength) {
        GenerateDataKeyResponse answer = KMS.generateDataKey(request ->
                request.keyId(KEY).keySpec(spec).numberOfBytes(numberOfBytes).encryptionContext(CONTEXT));
        assertEquals(KEY, answer.keyId());
        assertEquals(expectedLength, answer.plaintext().asByteArray().length);
        assertArrayEquals(answer.plaintext().asByteArray(), decrypt(answer.ciphertextBlob()));
        SdkBytes ciphertext = KMS.generateDataKeyWithoutPlaintext(request -> request.keyId(KEY)
                        .keySpec(spec)
                        .numberOfBytes(numberOfBytes)
                        .encryptionContext(CONTEXT))
                .ciphertextBlob();
        assertEquals(expectedLength, decrypt(ciphertext).length);
    }

    @Test
    void generateDataKey_noSizeOrTwoSizes_isValidationException() {
        String text = "Please specify either number of bytes or key spec.";
        assertRefused("ValidationException", text, () -> KMS.generateDataKey(request -> request.keyId(KEY)));
        assertRefused(
                "ValidationException",
                text,
                () -> KMS.generateDataKey(
                        request -> request.keyId(KEY).keySpec("AES_256").numberOfBytes(32)));
    }

    @Test
    void generateDataKey_moreThan1024Bytes_isValidationException() {
        assertRefused(
                "ValidationException",
                () -> KMS.generateDataKey(request -> request.keyId(KEY).numberOfBytes(1025)));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, RSA, SHA256withRSA",
        "ECC_NIST_P384, EC, SHA384withECDSA",
        "ECC_NIST_EDWARDS25519, Ed25519, Ed25519"
    })
    void generateDataKeyPair_signingSpec_keysMatchAndCiphertextDecryptsToThePrivateKey(
            String spec, String keyAlgorithm, String signatureAlgorithm) throws GeneralSecurityException {
        GenerateDataKeyPairResponse answer = KMS.generateDataKeyPair(
                request -> request.keyId(KEY).keyPairSpec(spec).encryptionContext(CONTEXT));
        assertEquals(KEY, answer.keyId());
        assertEquals(spec, answer.keyPairSpecAsString());
        byte[] secret = answer.privateKeyPlaintext().asByteArray();
        assertArrayEquals(secret, decrypt(answer.privateKeyCiphertextBlob()));
        KeyFactory factory = KeyFactory.getInstance(keyAlgorithm);
        PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(secret));
        PublicKey publicKey =
                factory.generatePublic(new X509EncodedKeySpec(answer.publicKey().asByteArray()));
        Signature signature = Signature.getInstance(signatureAlgorithm);
        byte[] message = {1, 2, 3};
        signature.initSign(privateKey);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(message);
        assertTrue(signature.verify(signed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML_DSA_65", "HMAC_256", "SYMMETRIC_DEFAULT"})
    void generateDataKeyPair_specWithoutDataKeyPairs_isValidationExceptionEvenAsDryRun(String spec) {
        for (boolean dryRun : new boolean[] {false, true}) {
            assertRefused(
                    "ValidationException",
                    () -> KMS.generateDataKeyPair(
                            request -> request.keyId(KEY).keyPairSpec(spec).dryRun(dryRun)));
        }
    }

    @Test
    void generateDataKeyPair_dryRun_isDryRunOperationException() {
        assertRefused(
                "DryRunOperationException",
                () -> KMS.generateDataKeyPair(
                        request -> request.keyId(KEY).keyPairSpec("RSA_2048").dryRun(true)));
    }

    @Test
    void generateDataKeyPair_withoutPlaintext_ciphertextCanBeDecrypted() {
        SdkBytes wrapped = KMS.generateDataKeyPairWithoutPlaintext(request ->
                        request.keyId(KEY).keyPairSpec("ECC_NIST_P256").encryptionContext(CONTEXT))
                .privateKeyCiphertextBlob();
        assertNotEquals(0, decrypt(wrapped).length);
    }

    @Test
    void generateDataKey_rsaEncryptionKey_isInvalidKeyUsageException() {
        String rsa = SERVICE.createKey("RSA_2048", "ENCRYPT_DECRYPT");
        assertRefused(
                "InvalidKeyUsageException",
                () -> KMS.generateDataKey(request -> request.keyId(rsa).keySpec("AES_256")));
    }

    @Test
    void generateRandom_1024Bytes_hasTheRequestedLength() {
        assertEquals(
                1024,
                KMS.generateRandom(request -> request.numberOfBytes(1024))
                        .plaintext()
                        .asByteArray()
                        .length);
    }

    @Test
    void generateRandom_withoutLengthOrTooLong_isValidationException() {
        assertRefused("ValidationException", "NumberOfBytes is required.", () -> KMS.generateRandom(request -> {}));
        assertRefused("ValidationException", () -> KMS.generateRandom(request -> request.numberOfBytes(1025)));
    }
}

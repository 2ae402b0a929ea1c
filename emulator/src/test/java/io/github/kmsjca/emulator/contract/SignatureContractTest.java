package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.VerifyRequest;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/** KMS API {@code Sign} and {@code Verify}, with RSA keys and with the EC keys that sign with ECDSA. */
class SignatureContractTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();

    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_P256, ECDSA_SHA_256",
        "ECC_NIST_P384, ECDSA_SHA_384",
        "ECC_NIST_P521, ECDSA_SHA_512",
        "ECC_SECG_P256K1, ECDSA_SHA_256",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_256",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_384",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_512",
        "RSA_2048, RSASSA_PSS_SHA_256",
        "RSA_2048, RSASSA_PSS_SHA_384",
        "RSA_2048, RSASSA_PSS_SHA_512",
        "RSA_3072, RSASSA_PKCS1_V1_5_SHA_256",
        "RSA_3072, RSASSA_PSS_SHA_384",
        "RSA_4096, RSASSA_PKCS1_V1_5_SHA_512",
        "RSA_4096, RSASSA_PSS_SHA_512"
    })
    void sign_rawAndDigest_areValidForTheMessageAndItsDigest(String spec, String algorithm)
            throws GeneralSecurityException {
        String key = key(spec);
        PublicKey publicKey = publicKey(spec);
        byte[] digest = SoftwareVerifier.digest(algorithm, MESSAGE);

        SignResponse ofMessage = KMS.sign(sign(key, algorithm, MESSAGE));
        SignResponse ofDigest = KMS.sign(
                sign(key, algorithm, digest).toBuilder().messageType("DIGEST").build());

        assertEquals(key, ofMessage.keyId());
        assertEquals(algorithm, ofMessage.signingAlgorithmAsString());
        byte[] rawSignature = ofMessage.signature().asByteArray();
        byte[] digestSignature = ofDigest.signature().asByteArray();
        assertTrue(SoftwareVerifier.isValid(algorithm, publicKey, MESSAGE, rawSignature));
        assertTrue(SoftwareVerifier.isValid(algorithm, publicKey, MESSAGE, digestSignature));
        // Verify accepts the message for a signature of the digest, and the digest for a signature of the message
        assertValid(verify(key, algorithm, digest, rawSignature)
                .messageType("DIGEST")
                .build());
        assertValid(verify(key, algorithm, MESSAGE, digestSignature).build());
    }

    @Test
    void sign_pkcs1Twice_returnsTheSameSignature() {
        String key = key("RSA_2048");
        byte[] first = KMS.sign(sign(key, "RSASSA_PKCS1_V1_5_SHA_256", MESSAGE))
                .signature()
                .asByteArray();
        byte[] second = KMS.sign(sign(key, "RSASSA_PKCS1_V1_5_SHA_256", MESSAGE))
                .signature()
                .asByteArray();
        assertArrayEquals(first, second);
    }

    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256, ECDSA_SHA_256", "ECC_SECG_P256K1, ECDSA_SHA_256", "RSA_2048, RSASSA_PSS_SHA_256"})
    void sign_ecdsaOrPssTwice_returnsDifferentSignatures(String spec, String algorithm) {
        byte[] first = KMS.sign(sign(key(spec), algorithm, MESSAGE)).signature().asByteArray();
        byte[] second =
                KMS.sign(sign(key(spec), algorithm, MESSAGE)).signature().asByteArray();
        assertFalse(Arrays.equals(first, second));
    }

    @ParameterizedTest
    @CsvSource({"1", "4096"})
    void sign_shortestAndLongestMessage_areSigned(int length) throws GeneralSecurityException {
        byte[] message = new byte[length];
        byte[] signature = KMS.sign(sign(key("ECC_NIST_P256"), "ECDSA_SHA_256", message))
                .signature()
                .asByteArray();
        assertTrue(SoftwareVerifier.isValid("ECDSA_SHA_256", publicKey("ECC_NIST_P256"), message, signature));
    }

    @Test
    void sign_emptyMessage_isValidationException() {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value at 'message' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1",
                () -> KMS.sign(sign(key("ECC_NIST_P256"), "ECDSA_SHA_256", new byte[0])));
    }

    @Test
    void sign_messageOf4097Bytes_isValidationException() {
        assertRefused(
                "ValidationException",
                "1 validation error detected: Value at 'message' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 4096",
                () -> KMS.sign(sign(key("ECC_NIST_P256"), "ECDSA_SHA_256", new byte[4097])));
    }

    @ParameterizedTest
    @CsvSource({"31", "33", "64"})
    void sign_wrongDigestLength_isValidationException(int length) {
        SignRequest request = sign(key("ECC_NIST_P256"), "ECDSA_SHA_256", new byte[length]).toBuilder()
                .messageType("DIGEST")
                .build();
        assertRefused(
                "ValidationException",
                "Digest is invalid length for algorithm ECDSA_SHA_256.",
                () -> KMS.sign(request));
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_P256, ECDSA_SHA_384",
        "ECC_NIST_P256, RSASSA_PSS_SHA_256",
        "ECC_NIST_P384, ECDSA_SHA_256",
        "RSA_2048, ECDSA_SHA_256"
    })
    void sign_algorithmOfAnotherSpec_isInvalidKeyUsageException(String spec, String algorithm) {
        assertRefused(
                "InvalidKeyUsageException",
                "Algorithm " + algorithm + " is incompatible with key spec " + spec + ".",
                () -> KMS.sign(sign(key(spec), algorithm, MESSAGE)));
    }

    @Test
    void sign_externalMuWithEcKey_isValidationException() {
        SignRequest request = sign(key("ECC_NIST_P256"), "ECDSA_SHA_256", MESSAGE).toBuilder()
                .messageType("EXTERNAL_MU")
                .build();
        assertRefused(
                "ValidationException",
                "Message type EXTERNAL_MU is incompatible with key spec ECC_NIST_P256.",
                () -> KMS.sign(request));
    }

    @Test
    void sign_encryptionKey_isInvalidKeyUsageException() {
        String key = SERVICE.createKey("RSA_2048", "ENCRYPT_DECRYPT");
        assertRefused(
                "InvalidKeyUsageException",
                key + " key usage is ENCRYPT_DECRYPT which is not valid for Sign.",
                () -> KMS.sign(sign(key, "RSASSA_PSS_SHA_256", MESSAGE)));
    }

    @Test
    void verify_agreementKey_isInvalidKeyUsageException() {
        String key = SERVICE.createKey("ECC_NIST_P256", "KEY_AGREEMENT");
        assertRefused(
                "InvalidKeyUsageException",
                key + " key usage is KEY_AGREEMENT which is not valid for Verify.",
                () -> KMS.verify(verify(key, "ECDSA_SHA_256", MESSAGE, MESSAGE).build()));
    }

    @Test
    void sign_disabledKeyAndWrongAlgorithm_isDisabledException() {
        String key = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        KMS.disableKey(request -> request.keyId(key));
        assertRefused("DisabledException", key + " is disabled.", () -> KMS.sign(sign(key, "ECDSA_SHA_384", MESSAGE)));
    }

    @Test
    void sign_wrongAlgorithmAndWrongDigestLength_isInvalidKeyUsageException() {
        SignRequest request = sign(key("ECC_NIST_P256"), "ECDSA_SHA_384", new byte[1]).toBuilder()
                .messageType("DIGEST")
                .build();
        assertRefused("InvalidKeyUsageException", () -> KMS.sign(request));
    }

    @ParameterizedTest
    @CsvSource({"RSA_2048, RSASSA_PKCS1_V1_5_SHA_256", "RSA_2048, RSASSA_PSS_SHA_256", "ECC_NIST_P256, ECDSA_SHA_256"})
    void verify_wrongSignature_isInvalidSignatureExceptionWithoutMessage(String spec, String algorithm) {
        byte[] good = KMS.sign(sign(key(spec), algorithm, MESSAGE)).signature().asByteArray();
        byte[] flipped = good.clone();
        flipped[flipped.length - 1] ^= 1;
        byte[] truncated = Arrays.copyOf(good, good.length - 1);
        byte[] longest = new byte[SigningKeys.MAX_SIGNATURE_LENGTH];
        for (byte[] bad : new byte[][] {flipped, truncated, {1}, longest}) {
            assertRefused(
                    "KMSInvalidSignatureException",
                    null,
                    () -> KMS.verify(verify(key(spec), algorithm, MESSAGE, bad).build()));
        }
    }

    @Test
    void verify_signatureOfAnotherMessage_isInvalidSignatureExceptionWithoutMessage() {
        byte[] signature = KMS.sign(sign(key("ECC_NIST_P256"), "ECDSA_SHA_256", MESSAGE))
                .signature()
                .asByteArray();
        assertRefused(
                "KMSInvalidSignatureException",
                null,
                () -> KMS.verify(verify(key("ECC_NIST_P256"), "ECDSA_SHA_256", new byte[1], signature)
                        .build()));
    }

    @Test
    void sign_dryRun_isDryRunOperationException() {
        SignRequest request = sign(key("RSA_2048"), "RSASSA_PSS_SHA_256", MESSAGE).toBuilder()
                .dryRun(true)
                .build();
        assertRefused(
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set.",
                () -> KMS.sign(request));
    }

    @Test
    void sign_dryRunWithAlgorithmOfAnotherSpec_isInvalidKeyUsageException() {
        SignRequest request = sign(key("RSA_2048"), "ECDSA_SHA_256", MESSAGE).toBuilder()
                .dryRun(true)
                .build();
        assertRefused("InvalidKeyUsageException", () -> KMS.sign(request));
    }

    @Test
    void verify_dryRun_reportsWhetherTheSignatureIsValid() {
        String key = key("ECC_NIST_P256");
        byte[] signature =
                KMS.sign(sign(key, "ECDSA_SHA_256", MESSAGE)).signature().asByteArray();
        VerifyRequest.Builder good =
                verify(key, "ECDSA_SHA_256", MESSAGE, signature).dryRun(true);
        VerifyRequest.Builder bad =
                verify(key, "ECDSA_SHA_256", new byte[1], signature).dryRun(true);
        assertRefused(
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set.",
                () -> KMS.verify(good.build()));
        assertRefused("KMSInvalidSignatureException", NO_MESSAGE, () -> KMS.verify(bad.build()));
    }

    private static String key(String spec) {
        return KEYS.computeIfAbsent(spec, name -> SERVICE.createKey(name, "SIGN_VERIFY"));
    }

    private static PublicKey publicKey(String spec) throws GeneralSecurityException {
        byte[] spki = KMS.getPublicKey(request -> request.keyId(key(spec)))
                .publicKey()
                .asByteArray();
        return SoftwareVerifier.publicKey(spec, spki);
    }

    private static void assertValid(VerifyRequest request) {
        VerifyResponse response = KMS.verify(request);
        assertEquals(request.keyId(), response.keyId());
        assertTrue(response.signatureValid());
        assertEquals(request.signingAlgorithm(), response.signingAlgorithm());
    }

    private static SignRequest sign(String key, String algorithm, byte[] message) {
        return SignRequest.builder()
                .keyId(key)
                .signingAlgorithm(algorithm)
                .message(SdkBytes.fromByteArray(message))
                .build();
    }

    private static VerifyRequest.Builder verify(String key, String algorithm, byte[] message, byte[] signature) {
        return VerifyRequest.builder()
                .keyId(key)
                .signingAlgorithm(algorithm)
                .message(SdkBytes.fromByteArray(message))
                .signature(SdkBytes.fromByteArray(signature));
    }
}

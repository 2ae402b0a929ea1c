package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/** KMS API {@code Encrypt} and {@code Decrypt}. */
class CipherContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final String RSA = SERVICE.createKey("RSA_2048", "ENCRYPT_DECRYPT");
    private static final String SYMMETRIC = SERVICE.createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    /** Encrypts with KMS. If {@code algorithm} is null, KMS uses SYMMETRIC_DEFAULT. */
    private static byte[] encrypt(String key, @Nullable String algorithm, byte[] plaintext) {
        EncryptResponse answer = KMS.encrypt(request ->
                request.keyId(key).encryptionAlgorithm(algorithm).plaintext(SdkBytes.fromByteArray(plaintext)));
        assertEquals(key, answer.keyId());
        assertEquals(algorithm == null ? "SYMMETRIC_DEFAULT" : algorithm, answer.encryptionAlgorithmAsString());
        return answer.ciphertextBlob().asByteArray();
    }

    /** Decrypts with KMS. If {@code key} or {@code algorithm} is null, the request does not contain it. */
    private static byte[] decrypt(@Nullable String key, @Nullable String algorithm, byte[] ciphertext) {
        DecryptResponse answer = KMS.decrypt(request ->
                request.keyId(key).encryptionAlgorithm(algorithm).ciphertextBlob(SdkBytes.fromByteArray(ciphertext)));
        return answer.plaintext().asByteArray();
    }

    // RFC 8017 §7.1
    @ParameterizedTest
    @CsvSource({"RSAES_OAEP_SHA_1, SHA-1", "RSAES_OAEP_SHA_256, SHA-256"})
    void decrypt_rsaCiphertextFromTheJdk_isOaepWithTheSameHashForMgf1(String algorithm, String hash)
            throws GeneralSecurityException {
        assertArrayEquals(MESSAGE, decrypt(RSA, algorithm, encryptWithJdk(hash, MESSAGE)));
    }

    // RFC 8017 §7.1.1: the maximum length of the plaintext
    @ParameterizedTest
    @CsvSource({"RSAES_OAEP_SHA_1, 214", "RSAES_OAEP_SHA_256, 190"})
    void encrypt_rsa_acceptsThePlaintextUpToTheMaximumLength(String algorithm, int maxLength) {
        byte[] ciphertext = encrypt(RSA, algorithm, new byte[maxLength]);
        assertEquals(256, ciphertext.length);
        assertArrayEquals(new byte[maxLength], decrypt(RSA, algorithm, ciphertext));
        assertRefused(
                "ValidationException",
                "Algorithm " + algorithm + " and key spec RSA_2048 cannot encrypt data larger than " + maxLength
                        + " bytes.",
                () -> encrypt(RSA, algorithm, new byte[maxLength + 1]));
    }

    private static byte[] encryptWithJdk(String hash, byte[] plaintext) throws GeneralSecurityException {
        byte[] spki =
                KMS.getPublicKey(request -> request.keyId(RSA)).publicKey().asByteArray();
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        return cipher.doFinal(plaintext);
    }

    @Test
    void decrypt_rsaWrongAlgorithmOrCiphertext_isInvalidCiphertextExceptionWithoutMessage()
            throws GeneralSecurityException {
        byte[] ciphertext = encryptWithJdk("SHA-256", MESSAGE);
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(RSA, "RSAES_OAEP_SHA_1", ciphertext));
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(RSA, null, ciphertext));
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(RSA, "RSAES_OAEP_SHA_256", MESSAGE));
    }

    @Test
    void decrypt_rsaWithoutKeyId_isValidationException() throws GeneralSecurityException {
        byte[] ciphertext = encryptWithJdk("SHA-256", MESSAGE);
        assertRefused(
                "ValidationException", "KeyId must not be null", () -> decrypt(null, "RSAES_OAEP_SHA_256", ciphertext));
    }

    @Test
    void encrypt_rsaWithoutAlgorithmOrWithContext_isRefused() {
        assertRefused(
                "InvalidKeyUsageException",
                "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.",
                () -> encrypt(RSA, null, MESSAGE));
        assertRefused(
                "ValidationException",
                "EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.",
                () -> KMS.encrypt(request -> request.keyId(RSA)
                        .encryptionAlgorithm("RSAES_OAEP_SHA_1")
                        .encryptionContext(Map.of("a", "b"))
                        .plaintext(SdkBytes.fromByteArray(MESSAGE))));
    }

    @Test
    void decrypt_symmetricWithAndWithoutKeyId_returnsThePlaintext() {
        byte[] ciphertext = encrypt(SYMMETRIC, null, MESSAGE);
        assertArrayEquals(MESSAGE, decrypt(null, null, ciphertext));
        assertArrayEquals(MESSAGE, decrypt(SYMMETRIC, "SYMMETRIC_DEFAULT", ciphertext));
        assertArrayEquals(new byte[4096], decrypt(null, null, encrypt(SYMMETRIC, null, new byte[4096])));
    }

    @Test
    void encrypt_symmetricTwice_returnsDifferentCiphertexts() {
        byte[] first = encrypt(SYMMETRIC, null, MESSAGE);
        assertFalse(Arrays.equals(first, encrypt(SYMMETRIC, null, MESSAGE)));
    }

    @Test
    void decrypt_symmetricCiphertextWithContext_needsTheSameContext() {
        SdkBytes ciphertext = KMS.encrypt(request -> request.keyId(SYMMETRIC)
                        .encryptionContext(Map.of("b", "2", "a", "1"))
                        .plaintext(SdkBytes.fromByteArray(MESSAGE)))
                .ciphertextBlob();
        assertArrayEquals(
                MESSAGE,
                KMS.decrypt(request -> request.ciphertextBlob(ciphertext).encryptionContext(Map.of("a", "1", "b", "2")))
                        .plaintext()
                        .asByteArray());
        assertRefused(
                "InvalidCiphertextException", NO_MESSAGE, () -> decrypt(SYMMETRIC, null, ciphertext.asByteArray()));
    }

    @Test
    void decrypt_symmetricCiphertextOfAnotherKeyOrDamaged_isRefused() {
        String other = SERVICE.createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        assertRefused(
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.",
                () -> decrypt(other, null, encrypt(SYMMETRIC, null, MESSAGE)));
        byte[] damaged = encrypt(SYMMETRIC, null, MESSAGE);
        damaged[damaged.length - 1] ^= 1;
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(null, null, damaged));
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(null, null, new byte[] {1, 2}));
    }

    @Test
    void encrypt_signingKey_isInvalidKeyUsageException() {
        String key = SERVICE.createKey("RSA_2048", "SIGN_VERIFY");
        assertRefused(
                "InvalidKeyUsageException",
                key + " key usage is SIGN_VERIFY which is not valid for Encrypt.",
                () -> encrypt(key, "RSAES_OAEP_SHA_1", MESSAGE));
    }

    @Test
    void decrypt_sm2_returnsThePlaintextUnlessTheCiphertextIsDamaged() {
        SERVICE.assumeSm2();
        String key = SERVICE.createKey("SM2", "ENCRYPT_DECRYPT");
        byte[] ciphertext = encrypt(key, "SM2PKE", MESSAGE);
        assertArrayEquals(MESSAGE, decrypt(key, "SM2PKE", ciphertext));
        ciphertext[ciphertext.length - 1] ^= 1;
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decrypt(key, "SM2PKE", ciphertext));
    }

    @Test
    void dryRun_encryptOrDecrypt_reportsWhetherTheRequestWouldSucceed() {
        assertRefused(
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set.",
                () -> KMS.encrypt(
                        request -> request.keyId(SYMMETRIC).dryRun(true).plaintext(SdkBytes.fromByteArray(MESSAGE))));
        assertRefused(
                "InvalidCiphertextException",
                null,
                () -> KMS.decrypt(request -> request.dryRun(true).ciphertextBlob(SdkBytes.fromByteArray(MESSAGE))));
    }

    @Test
    void encrypt_dryRunFalse_returnsACiphertext() {
        assertTrue(KMS.encrypt(request ->
                                request.keyId(SYMMETRIC).dryRun(false).plaintext(SdkBytes.fromByteArray(MESSAGE)))
                        .ciphertextBlob()
                        .asByteArray()
                        .length
                > MESSAGE.length);
    }
}

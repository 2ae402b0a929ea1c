package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KEM;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecapsulateResponse;
import software.amazon.awssdk.services.kms.model.EncapsulateResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * KMS API {@code Encapsulate} and {@code Decapsulate}, with Bouncy Castle or the JDK as the other party, and other
 * operations with ML-KEM keys.
 */
class EncapsulationContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final String USAGE = "ENCAPSULATE_DECAPSULATE";
    private static final String KEY = SERVICE.createKey("ML_KEM_768", USAGE);

    private static EncapsulateResponse encapsulate(String key) {
        return KMS.encapsulate(request -> request.keyId(key).encapsulationAlgorithm("ML_KEM"));
    }

    private static DecapsulateResponse decapsulate(String key, SdkBytes ciphertext) {
        return KMS.decapsulate(
                request -> request.keyId(key).encapsulationAlgorithm("ML_KEM").sharedSecretCiphertextBlob(ciphertext));
    }

    private static SecretWithEncapsulation encapsulateWithBouncyCastle(String key) throws IOException {
        byte[] spki =
                KMS.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        return new MLKEMGenerator(new SecureRandom()).generateEncapsulated(PublicKeyFactory.createKey(spki));
    }

    // FIPS 203, table 3: the lengths of ciphertexts
    @ParameterizedTest
    @CsvSource({"ML_KEM_512, 768", "ML_KEM_768, 1088", "ML_KEM_1024, 1568"})
    void encapsulate_thenDecapsulate_returnTheSameNewSecret(String spec, int length) {
        String key = SERVICE.createKey(spec, USAGE);
        EncapsulateResponse encapsulated = encapsulate(key);
        assertEquals(key, encapsulated.keyId());
        assertEquals("ML_KEM", encapsulated.encapsulationAlgorithmAsString());
        assertEquals(32, encapsulated.sharedSecret().asByteArray().length);
        assertEquals(length, encapsulated.sharedSecretCiphertextBlob().asByteArray().length);
        DecapsulateResponse decapsulated = decapsulate(key, encapsulated.sharedSecretCiphertextBlob());
        assertEquals(key, decapsulated.keyId());
        assertEquals("ML_KEM", decapsulated.encapsulationAlgorithmAsString());
        assertEquals(encapsulated.sharedSecret(), decapsulated.sharedSecret());
        assertNotEquals(encapsulated.sharedSecret(), encapsulate(key).sharedSecret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
    void decapsulate_ciphertextFromBouncyCastle_returnsItsSecret(String spec) throws IOException {
        String key = SERVICE.createKey(spec, USAGE);
        SecretWithEncapsulation encapsulated = encapsulateWithBouncyCastle(key);
        DecapsulateResponse decapsulated = decapsulate(key, SdkBytes.fromByteArray(encapsulated.getEncapsulation()));
        assertArrayEquals(encapsulated.getSecret(), decapsulated.sharedSecret().asByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "before Java 24, not every JDK has ML-KEM")
    void decapsulate_ciphertextFromTheJdk_sinceJava24_returnsItsSecret(String spec) throws GeneralSecurityException {
        String key = SERVICE.createKey(spec, USAGE);
        byte[] spki =
                KMS.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
        KEM.Encapsulated encapsulated = KEM.getInstance("ML-KEM", "SunJCE")
                .newEncapsulator(
                        KeyFactory.getInstance("ML-KEM", "SunJCE").generatePublic(new X509EncodedKeySpec(spki)))
                .encapsulate();
        DecapsulateResponse decapsulated = decapsulate(key, SdkBytes.fromByteArray(encapsulated.encapsulation()));
        assertArrayEquals(
                encapsulated.key().getEncoded(), decapsulated.sharedSecret().asByteArray());
    }

    // RFC 9935: the SubjectPublicKeyInfo has NIST's object identifiers for ML-KEM
    @ParameterizedTest
    @CsvSource({
        "ML_KEM_512, 30820332300b06096086480165030404010382032100, 822",
        "ML_KEM_768, 308204b2300b0609608648016503040402038204a100, 1206",
        "ML_KEM_1024, 30820632300b06096086480165030404030382062100, 1590"
    })
    void getPublicKey_mlKem_isSpkiWithNistIdentifier(String spec, String prefix, int length) {
        String key = SERVICE.createKey(spec, USAGE);
        GetPublicKeyResponse answer = KMS.getPublicKey(request -> request.keyId(key));
        byte[] spki = answer.publicKey().asByteArray();
        assertEquals(prefix, HexFormat.of().formatHex(spki, 0, prefix.length() / 2));
        assertEquals(length, spki.length);
        assertEquals(spec, answer.keySpecAsString());
        assertEquals(USAGE, answer.keyUsageAsString());
        assertEquals(List.of("ML_KEM"), answer.encapsulationAlgorithmsAsStrings());
    }

    @Test
    void describeKey_mlKem_listsOnlyTheEncapsulationAlgorithm() {
        KeyMetadata key = KMS.describeKey(request -> request.keyId(KEY)).keyMetadata();
        assertEquals(List.of("ML_KEM"), key.encapsulationAlgorithmsAsStrings());
        assertFalse(key.hasEncryptionAlgorithms());
        assertFalse(key.hasSigningAlgorithms());
        assertFalse(key.hasKeyAgreementAlgorithms());
        assertFalse(key.hasMacAlgorithms());
    }

    @Test
    void decapsulate_damagedCiphertextTwice_returnsTheSameOtherSecret() {
        EncapsulateResponse encapsulated = encapsulate(KEY);
        byte[] damaged = encapsulated.sharedSecretCiphertextBlob().asByteArray();
        damaged[0] ^= 1;
        SdkBytes first = decapsulate(KEY, SdkBytes.fromByteArray(damaged)).sharedSecret();
        assertEquals(32, first.asByteArray().length);
        assertNotEquals(encapsulated.sharedSecret(), first);
        assertEquals(first, decapsulate(KEY, SdkBytes.fromByteArray(damaged)).sharedSecret());
    }

    @Test
    void decapsulate_ciphertextForAnotherKey_returnsAnotherSecret() {
        EncapsulateResponse encapsulated = encapsulate(SERVICE.createKey("ML_KEM_768", USAGE));
        assertNotEquals(
                encapsulated.sharedSecret(),
                decapsulate(KEY, encapsulated.sharedSecretCiphertextBlob()).sharedSecret());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 768, 1087, 1089, 1568})
    void decapsulate_ciphertextOfAnotherLength_isInvalidCiphertextExceptionEvenAsDryRun(int length) {
        SdkBytes ciphertext = SdkBytes.fromByteArray(new byte[length]);
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> decapsulate(KEY, ciphertext));
        assertRefused(
                "InvalidCiphertextException",
                NO_MESSAGE,
                () -> KMS.decapsulate(request -> request.keyId(KEY)
                        .encapsulationAlgorithm("ML_KEM")
                        .sharedSecretCiphertextBlob(ciphertext)
                        .dryRun(true)));
    }

    @Test
    void dryRun_validEncapsulateOrDecapsulate_isDryRunOperationException() {
        String text = "The request would have succeeded, but the DryRun option is set.";
        assertRefused(
                "DryRunOperationException",
                text,
                () -> KMS.encapsulate(request ->
                        request.keyId(KEY).encapsulationAlgorithm("ML_KEM").dryRun(true)));
        SdkBytes ciphertext = encapsulate(KEY).sharedSecretCiphertextBlob();
        assertRefused(
                "DryRunOperationException",
                text,
                () -> KMS.decapsulate(request -> request.keyId(KEY)
                        .encapsulationAlgorithm("ML_KEM")
                        .sharedSecretCiphertextBlob(ciphertext)
                        .dryRun(true)));
    }

    @Test
    void encapsulateAndDecapsulate_signingKey_areInvalidKeyUsageExceptions() {
        String signing = SERVICE.createKey("ECC_NIST_P256", "SIGN_VERIFY");
        String reason = " key usage is SIGN_VERIFY which is not valid for ";
        assertRefused("InvalidKeyUsageException", signing + reason + "Encapsulate.", () -> encapsulate(signing));
        SdkBytes ciphertext = encapsulate(KEY).sharedSecretCiphertextBlob();
        assertRefused(
                "InvalidKeyUsageException", signing + reason + "Decapsulate.", () -> decapsulate(signing, ciphertext));
    }

    @Test
    void encapsulate_disabledKey_isDisabledException() {
        String disabled = SERVICE.createKey("ML_KEM_512", USAGE);
        KMS.disableKey(request -> request.keyId(disabled));
        assertRefused("DisabledException", disabled + " is disabled.", () -> encapsulate(disabled));
    }

    @ParameterizedTest
    @CsvSource({"ML_KEM_512, KEY_AGREEMENT", "ML_KEM_768, ENCRYPT_DECRYPT", "RSA_2048, ENCAPSULATE_DECAPSULATE"})
    void createKey_usageOfAnotherSpec_isValidationException(String spec, String usage) {
        assertRefused(
                "ValidationException",
                "KeyUsage " + usage + " is not compatible with KeySpec " + spec,
                () -> KMS.createKey(request -> request.keySpec(spec).keyUsage(usage)));
    }

    @Test
    void generateDataKeyPair_mlKem_keysMatchAndCiphertextDecryptsToThePrivateKey() throws IOException {
        String wrapping = SERVICE.createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        GenerateDataKeyPairResponse pair =
                KMS.generateDataKeyPair(request -> request.keyId(wrapping).keyPairSpec("ML_KEM_1024"));
        SecretWithEncapsulation encapsulated = new MLKEMGenerator(new SecureRandom())
                .generateEncapsulated(
                        PublicKeyFactory.createKey(pair.publicKey().asByteArray()));
        MLKEMPrivateKeyParameters privateKey = (MLKEMPrivateKeyParameters)
                PrivateKeyFactory.createKey(pair.privateKeyPlaintext().asByteArray());
        assertArrayEquals(
                encapsulated.getSecret(),
                new MLKEMExtractor(privateKey).extractSecret(encapsulated.getEncapsulation()));
        byte[] unwrapped = KMS.decrypt(request -> request.ciphertextBlob(pair.privateKeyCiphertextBlob()))
                .plaintext()
                .asByteArray();
        assertArrayEquals(pair.privateKeyPlaintext().asByteArray(), unwrapped);
    }
}

package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * KMS API {@code GetParametersForImport}, {@code ImportKeyMaterial} and {@code DeleteImportedKeyMaterial}, and
 * {@code ReplicateKey} for a key with imported material.
 */
class ImportContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("message");
    private static final String OAEP = "RSAES_OAEP_SHA_256";
    private static final String NO_EXPIRY = "KEY_MATERIAL_DOES_NOT_EXPIRE";
    // the bytes before the private value in PKCS #8, with the curve secp256r1 and without a curve
    private static final String P256_PREFIX = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420";
    private static final String PREFIX_WITHOUT_CURVE = "3037020100300906072a8648ce3d0201042730250201010420";
    private static final byte[] SECRET = secret(32);

    /** Returns the bytes of a symmetric key, which differ for each length. */
    private static byte[] secret(int length) {
        byte[] secret = new byte[length];
        Arrays.fill(secret, (byte) length);
        return secret;
    }

    private static String create(String spec, String usage) {
        return SERVICE.removeAtEnd(KMS.createKey(
                        request -> request.origin("EXTERNAL").keySpec(spec).keyUsage(usage))
                .keyMetadata());
    }

    private static String createHmacKey() {
        return create("HMAC_256", "GENERATE_VERIFY_MAC");
    }

    /** Gets an import token and a wrapping key of the spec RSA_2048. */
    private static GetParametersForImportResponse parameters(String key, String algorithm) {
        return KMS.getParametersForImport(
                request -> request.keyId(key).wrappingAlgorithm(algorithm).wrappingKeySpec("RSA_2048"));
    }

    /** Imports key material that does not expire. */
    private static void importInto(String key, String algorithm, byte[] material) {
        importInto(key, algorithm, material, request -> {});
    }

    /** Imports key material with a request that a test can change. */
    private static void importInto(
            String key, String algorithm, byte[] material, Consumer<ImportKeyMaterialRequest.Builder> change) {
        GetParametersForImportResponse parameters = parameters(key, algorithm);
        KMS.importKeyMaterial(request -> {
            request.keyId(key)
                    .importToken(parameters.importToken())
                    .encryptedKeyMaterial(Wrapping.wrap(algorithm, parameters.publicKey(), material))
                    .expirationModel(NO_EXPIRY);
            change.accept(request);
        });
    }

    private static void importEncrypted(String key, SdkBytes token, SdkBytes encryptedMaterial) {
        KMS.importKeyMaterial(request -> request.keyId(key)
                .importToken(token)
                .encryptedKeyMaterial(encryptedMaterial)
                .expirationModel(NO_EXPIRY));
    }

    private static KeyMetadata describe(String key) {
        return KMS.describeKey(request -> request.keyId(key)).keyMetadata();
    }

    private static byte[] mac(String key, String algorithm) {
        return KMS.generateMac(
                        request -> request.keyId(key).macAlgorithm(algorithm).message(MESSAGE))
                .mac()
                .asByteArray();
    }

    private static byte[] sign(String key, String algorithm) {
        return KMS.sign(request ->
                        request.keyId(key).signingAlgorithm(algorithm).message(MESSAGE))
                .signature()
                .asByteArray();
    }

    /** Asserts that a KMS key has the public key of a JDK key pair, and makes signatures that the JDK accepts. */
    private static void assertSigns(String key, String algorithm, String jdkAlgorithm, KeyPair jdkPair)
            throws GeneralSecurityException {
        assertArrayEquals(
                jdkPair.getPublic().getEncoded(),
                KMS.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray());
        Signature verifier = Signature.getInstance(jdkAlgorithm);
        verifier.initVerify(jdkPair.getPublic());
        verifier.update(MESSAGE.asByteArray());
        assertTrue(verifier.verify(sign(key, algorithm)));
    }

    @Test
    void getParametersForImport_hmacKey_returnsWrappingKeyValidForADay() {
        String key = createHmacKey();
        GetParametersForImportResponse parameters = KMS.getParametersForImport(
                request -> request.keyId(key).wrappingAlgorithm(OAEP).wrappingKeySpec("RSA_3072"));
        assertEquals(key, parameters.keyId());
        assertEquals(
                3072 / 8, Wrapping.wrap(OAEP, parameters.publicKey(), SECRET).asByteArray().length);
        Duration left = Duration.between(Instant.now(), parameters.parametersValidTo());
        assertTrue(
                left.compareTo(Duration.ofHours(25)) < 0 && left.compareTo(Duration.ofHours(23)) > 0, left::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "224, RSAES_OAEP_SHA_1",
        "256, RSAES_OAEP_SHA_256",
        "384, RSA_AES_KEY_WRAP_SHA_1",
        "512, RSA_AES_KEY_WRAP_SHA_256"
    })
    void importKeyMaterial_hmacKey_enablesTheKeyAndMakesTheMacOfTheJdk(int bits, String wrapping)
            throws GeneralSecurityException {
        String key = create("HMAC_" + bits, "GENERATE_VERIFY_MAC");
        byte[] material = secret(bits / 8);
        importInto(key, wrapping, material);
        assertArrayEquals(JdkKeys.mac(MESSAGE.asByteArray(), "HmacSHA" + bits, material), mac(key, "HMAC_SHA_" + bits));
        KeyMetadata metadata = describe(key);
        assertEquals(KeyState.ENABLED, metadata.keyState());
        assertTrue(metadata.enabled());
        assertEquals("EXTERNAL", metadata.originAsString());
        assertEquals(NO_EXPIRY, metadata.expirationModelAsString());
        assertNull(metadata.validTo());
    }

    @ParameterizedTest
    @CsvSource({"RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256"})
    void importKeyMaterial_rsaKey_signsForItsPublicKey(String wrapping) throws GeneralSecurityException {
        KeyPair jdkPair = JdkKeys.rsaPair();
        String key = create("RSA_2048", "SIGN_VERIFY");
        importInto(key, wrapping, jdkPair.getPrivate().getEncoded());
        assertSigns(key, "RSASSA_PKCS1_V1_5_SHA_256", "SHA256withRSA", jdkPair);
    }

    @ParameterizedTest
    @CsvSource({
        "256, secp256r1, 256, RSAES_OAEP_SHA_1",
        "256, secp256r1, 256, RSA_AES_KEY_WRAP_SHA_256",
        "384, secp384r1, 384, RSAES_OAEP_SHA_256",
        "521, secp521r1, 512, RSA_AES_KEY_WRAP_SHA_1"
    })
    void importKeyMaterial_ecKey_signsForItsPublicKey(int bits, String curve, int hash, String wrapping)
            throws GeneralSecurityException {
        KeyPair jdkPair = JdkKeys.ecPair(curve);
        String key = create("ECC_NIST_P" + bits, "SIGN_VERIFY");
        importInto(key, wrapping, jdkPair.getPrivate().getEncoded());
        assertSigns(key, "ECDSA_SHA_" + hash, "SHA" + hash + "withECDSA", jdkPair);
    }

    @Test
    void importKeyMaterial_afterDeletion_acceptsOnlyTheSameMaterialAndDecryptsEarlierCiphertext() {
        String key = create("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        importInto(key, OAEP, SECRET);
        SdkBytes ciphertext =
                KMS.encrypt(request -> request.keyId(key).plaintext(MESSAGE)).ciphertextBlob();
        assertEquals(
                key,
                KMS.deleteImportedKeyMaterial(request -> request.keyId(key)).keyId());
        KeyMetadata metadata = describe(key);
        assertEquals(KeyState.PENDING_IMPORT, metadata.keyState());
        assertEquals("EXTERNAL", metadata.originAsString());
        assertNull(metadata.expirationModel());
        assertRefused(
                "KMSInvalidStateException",
                key + " is pending import.",
                () -> KMS.decrypt(request -> request.ciphertextBlob(ciphertext)));
        assertRefused("IncorrectKeyMaterialException", () -> importInto(key, OAEP, new byte[32]));
        importInto(key, OAEP, SECRET);
        assertEquals(
                MESSAGE,
                KMS.decrypt(request -> request.ciphertextBlob(ciphertext)).plaintext());
    }

    @Test
    void importKeyMaterial_enabledKey_acceptsOnlyTheSameMaterial() throws GeneralSecurityException {
        KeyPair jdkPair = JdkKeys.ecPair("secp256r1");
        String key = create("ECC_NIST_P256", "SIGN_VERIFY");
        importInto(key, OAEP, jdkPair.getPrivate().getEncoded());
        byte[] other = JdkKeys.ecPair("secp256r1").getPrivate().getEncoded();
        assertRefused("IncorrectKeyMaterialException", () -> importInto(key, OAEP, other));
        importInto(key, "RSA_AES_KEY_WRAP_SHA_1", jdkPair.getPrivate().getEncoded());
        assertSigns(key, "ECDSA_SHA_256", "SHA256withECDSA", jdkPair);
    }

    static Stream<byte[]> materialOfWrongLengthForHmac256() throws GeneralSecurityException {
        return Stream.of(
                secret(31), secret(33), JdkKeys.ecPair("secp256r1").getPrivate().getEncoded());
    }

    @ParameterizedTest
    @MethodSource("materialOfWrongLengthForHmac256")
    void importKeyMaterial_wrongLengthForHmac256_isInvalidCiphertextException(byte[] material) {
        String key = createHmacKey();
        assertRefused("InvalidCiphertextException", () -> importInto(key, OAEP, material));
        assertEquals(KeyState.PENDING_IMPORT, describe(key).keyState());
    }

    @ParameterizedTest
    @CsvSource({"RSA_2048, SIGN_VERIFY", "ECC_NIST_P384, SIGN_VERIFY", "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT"})
    void importKeyMaterial_p256KeyOr48BytesForAnotherSpec_isInvalidCiphertextException(String spec, String usage)
            throws GeneralSecurityException {
        String key = create(spec, usage);
        String wrapping = "RSA_AES_KEY_WRAP_SHA_256";
        byte[] material = JdkKeys.ecPair("secp256r1").getPrivate().getEncoded();
        assertRefused("InvalidCiphertextException", () -> importInto(key, wrapping, material));
        assertRefused("InvalidCiphertextException", () -> importInto(key, wrapping, secret(48)));
    }

    @Test
    void importKeyMaterial_invalidRsaOrEcKey_isInvalidCiphertextException() throws GeneralSecurityException {
        RSAPrivateCrtKey first = (RSAPrivateCrtKey) JdkKeys.rsaPair().getPrivate();
        RSAPrivateCrtKey second = (RSAPrivateCrtKey) JdkKeys.rsaPair().getPrivate();
        byte[] modulusAndPrimesOfTwoKeys = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        first.getModulus(),
                        first.getPublicExponent(),
                        first.getPrivateExponent(),
                        second.getPrimeP(),
                        second.getPrimeQ(),
                        second.getPrimeExponentP(),
                        second.getPrimeExponentQ(),
                        second.getCrtCoefficient()))
                .getEncoded();
        String rsa = create("RSA_2048", "SIGN_VERIFY");
        assertRefused(
                "InvalidCiphertextException",
                () -> importInto(rsa, "RSA_AES_KEY_WRAP_SHA_256", modulusAndPrimesOfTwoKeys));
        String ec = create("ECC_NIST_P256", "SIGN_VERIFY");
        byte[] zero = HexFormat.of().parseHex(P256_PREFIX + "0".repeat(64));
        assertRefused("InvalidCiphertextException", () -> importInto(ec, OAEP, zero));
        byte[] withoutCurve = HexFormat.of().parseHex(PREFIX_WITHOUT_CURVE + "1".repeat(64));
        assertRefused("InvalidCiphertextException", () -> importInto(ec, OAEP, withoutCurve));
    }

    @Test
    void importKeyMaterial_encryptedForAnotherWrappingKeyOrTruncated_isRefused() {
        String key = createHmacKey();
        SdkBytes token = parameters(key, OAEP).importToken();
        SdkBytes otherWrappingKey = parameters(key, OAEP).publicKey();
        SdkBytes wrapped = Wrapping.wrap(OAEP, otherWrappingKey, SECRET);
        assertRefused("InvalidCiphertextException", NO_MESSAGE, () -> importEncrypted(key, token, wrapped));
        SdkBytes truncated = SdkBytes.fromByteArray(Arrays.copyOf(wrapped.asByteArray(), 2048 / 8 - 1));
        assertRefused(
                "ValidationException", "Invalid encrypted key size.", () -> importEncrypted(key, token, truncated));
    }

    @Test
    void importKeyMaterial_tokenOfAnotherKeyOrUnknown_isInvalidImportTokenException() {
        String key = createHmacKey();
        SdkBytes other = parameters(createHmacKey(), OAEP).importToken();
        assertRefused(
                "InvalidImportTokenException",
                () -> importInto(key, OAEP, SECRET, request -> request.importToken(other)));
        assertRefused(
                "InvalidImportTokenException",
                () -> importInto(key, OAEP, SECRET, request -> request.importToken(MESSAGE)));
    }

    @Test
    void keyWithKmsMaterial_everyImportOperation_isUnsupportedOperationException() {
        String key = SERVICE.createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        String text = key + " origin is AWS_KMS which is not valid for this operation.";
        assertRefused("UnsupportedOperationException", text, () -> parameters(key, OAEP));
        assertRefused("UnsupportedOperationException", text, () -> importEncrypted(key, MESSAGE, MESSAGE));
        assertRefused(
                "UnsupportedOperationException",
                text,
                () -> KMS.deleteImportedKeyMaterial(request -> request.keyId(key)));
    }

    @Test
    void keyPendingDeletion_getParametersAndImport_areInvalidStateExceptions() {
        String key = createHmacKey();
        SdkBytes token = parameters(key, OAEP).importToken();
        KMS.scheduleKeyDeletion(request -> request.keyId(key));
        String text = key + " is pending deletion.";
        assertRefused("KMSInvalidStateException", text, () -> parameters(key, OAEP));
        assertRefused("KMSInvalidStateException", text, () -> importEncrypted(key, token, MESSAGE));
    }

    @Test
    void importKeyMaterial_disabledKey_staysDisabled() {
        String key = createHmacKey();
        importInto(key, OAEP, SECRET);
        KMS.disableKey(request -> request.keyId(key));
        importInto(key, OAEP, SECRET);
        assertEquals(KeyState.DISABLED, describe(key).keyState());
    }

    @Test
    void importKeyMaterial_validTo_mustMatchTheModelAndBeInTheNext365Days() {
        String key = createHmacKey();
        assertRefused(
                "ValidationException",
                "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
                () -> importInto(key, OAEP, SECRET, request -> request.expirationModel((String) null)));
        Instant soon = Instant.now().plus(Duration.ofDays(1));
        // importInto sets KEY_MATERIAL_DOES_NOT_EXPIRE, and a key with this model cannot have a date
        assertRefused("ValidationException", () -> importInto(key, OAEP, SECRET, request -> request.validTo(soon)));
        for (Duration wrong : new Duration[] {Duration.ofDays(-1), Duration.ofDays(366)}) {
            assertRefused(
                    "ValidationException",
                    () -> importInto(
                            key,
                            OAEP,
                            SECRET,
                            request -> request.expirationModel("KEY_MATERIAL_EXPIRES")
                                    .validTo(Instant.now().plus(wrong))));
        }
        // without a model, KMS uses KEY_MATERIAL_EXPIRES
        importInto(
                key,
                OAEP,
                SECRET,
                request -> request.expirationModel((String) null).validTo(soon));
        assertEquals("KEY_MATERIAL_EXPIRES", describe(key).expirationModelAsString());
        assertEquals(soon.getEpochSecond(), describe(key).validTo().getEpochSecond());
    }

    @Test
    void importKeyMaterial_hmacKeyWithImportType_isValidationException() {
        String key = createHmacKey();
        assertRefused(
                "ValidationException",
                "Input parameter importType cannot be used with HMAC_256 imported keys.",
                () -> importInto(key, OAEP, SECRET, request -> request.importType("NEW_KEY_MATERIAL")));
    }

    @Test
    void getParametersForImport_materialTooLongForOaep_isValidationException() {
        assertRefused("ValidationException", () -> parameters(create("RSA_2048", "SIGN_VERIFY"), OAEP));
        String key = create("ECC_NIST_P521", "SIGN_VERIFY");
        assertRefused("ValidationException", () -> parameters(key, OAEP));
        assertNotNull(KMS.getParametersForImport(
                        request -> request.keyId(key).wrappingAlgorithm(OAEP).wrappingKeySpec("RSA_3072"))
                .importToken());
    }

    @Test
    void replicateKey_importedPrimary_replicaIsPendingImportAndPrimaryStillWorks() throws GeneralSecurityException {
        String primary = SERVICE.removeAtEnd(KMS.createKey(request -> request.origin("EXTERNAL")
                        .keySpec("HMAC_256")
                        .keyUsage("GENERATE_VERIFY_MAC")
                        .multiRegion(true))
                .keyMetadata());
        importInto(primary, OAEP, SECRET);
        KeyMetadata replica = KMS.replicateKey(request -> request.keyId(primary).replicaRegion(SERVICE.otherRegion()))
                .replicaKeyMetadata();
        SERVICE.removeAtEnd(replica);
        assertEquals("EXTERNAL", replica.originAsString());
        KeyMetadata described = SERVICE.client(SERVICE.otherRegion())
                .describeKey(request -> request.keyId(replica.arn()))
                .keyMetadata();
        assertEquals(KeyState.PENDING_IMPORT, described.keyState());
        assertArrayEquals(JdkKeys.mac(MESSAGE.asByteArray(), "HmacSHA256", SECRET), mac(primary, "HMAC_SHA_256"));
    }
}

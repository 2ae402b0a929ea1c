package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.NO_MESSAGE;
import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** KMS API {@code GenerateMac} and {@code VerifyMac}, and other operations with HMAC keys. */
class MacContractTest {
    @AutoClose
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();

    private static final KmsClient KMS = SERVICE.client();
    private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("message");

    private static byte[] generate(String key, String algorithm, SdkBytes message) {
        return KMS.generateMac(
                        request -> request.keyId(key).macAlgorithm(algorithm).message(message))
                .mac()
                .asByteArray();
    }

    private static boolean verify(String key, String algorithm, SdkBytes message, byte[] mac) {
        return KMS.verifyMac(request -> request.keyId(key)
                        .macAlgorithm(algorithm)
                        .message(message)
                        .mac(SdkBytes.fromByteArray(mac)))
                .macValid();
    }

    @ParameterizedTest
    @CsvSource({"224, 28", "256, 32", "384, 48", "512, 64"})
    void generateMac_eachSpec_hasTheHashLengthAndOnlyTheWholeMacIsValid(int bits, int length) {
        String algorithm = "HMAC_SHA_" + bits;
        String key = SERVICE.createKey("HMAC_" + bits, "GENERATE_VERIFY_MAC");
        KeyMetadata metadata = KMS.describeKey(request -> request.keyId(key)).keyMetadata();
        assertEquals(List.of(algorithm), metadata.macAlgorithmsAsStrings());
        byte[] mac = generate(key, algorithm, MESSAGE);
        assertEquals(length, mac.length);
        assertArrayEquals(mac, generate(key, algorithm, MESSAGE));
        assertTrue(verify(key, algorithm, MESSAGE, mac));
        SdkBytes other = SdkBytes.fromUtf8String("other");
        assertRefused("KMSInvalidMacException", NO_MESSAGE, () -> verify(key, algorithm, other, mac));
        byte[] cut = Arrays.copyOf(mac, length - 1);
        assertRefused("KMSInvalidMacException", NO_MESSAGE, () -> verify(key, algorithm, MESSAGE, cut));
    }

    @Test
    void generateMac_longestMessage_isAcceptedAndEmptyOrLongerIsValidationException() {
        String key = SERVICE.createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        assertEquals(32, generate(key, "HMAC_SHA_256", SdkBytes.fromByteArray(new byte[4096])).length);
        assertRefused(
                "ValidationException", () -> generate(key, "HMAC_SHA_256", SdkBytes.fromByteArray(new byte[4097])));
        assertRefused("ValidationException", () -> generate(key, "HMAC_SHA_256", SdkBytes.fromByteArray(new byte[0])));
    }

    @Test
    void generateMac_algorithmOfAnotherSpec_isInvalidKeyUsageException() {
        String key = SERVICE.createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        assertRefused(
                "InvalidKeyUsageException",
                "Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.",
                () -> generate(key, "HMAC_SHA_512", MESSAGE));
    }

    @Test
    void getPublicKey_hmacKey_isUnsupportedOperationExceptionWithoutMessage() {
        String key = SERVICE.createKey("HMAC_256", "GENERATE_VERIFY_MAC");
        assertRefused(
                "UnsupportedOperationException", NO_MESSAGE, () -> KMS.getPublicKey(request -> request.keyId(key)));
    }

    @Test
    void createKey_hmacWithoutUsage_isValidationException() {
        assertRefused(
                "ValidationException",
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
                () -> KMS.createKey(request -> request.keySpec("HMAC_256")));
    }
}

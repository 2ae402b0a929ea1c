package io.github.kmsjca.emulator.contract;

import static io.github.kmsjca.emulator.contract.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the spec ECC_NIST_EDWARDS25519 (KMS API {@code Sign}, {@code Verify} and {@code GetPublicKey}). */
class Ed25519ContractTest {
    private static final String SPEC = "ECC_NIST_EDWARDS25519";
    private static final String PURE = "ED25519_SHA_512";
    private static final String PREHASHED = "ED25519_PH_SHA_512";
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final int SIGNATURE_LENGTH = 64;

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();
    private static final SigningKeys KEYS = new SigningKeys(SERVICE);

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    // RFC 8410 §4
    @Test
    void getPublicKey_isSpkiWithoutParameters() {
        byte[] spki = KEYS.publicKey(SPEC);
        assertEquals(44, spki.length);
        assertEquals("302a300506032b6570032100", HexFormat.of().formatHex(spki, 0, 12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 4096})
    void sign_raw_isPureEd25519(int length) throws GeneralSecurityException {
        byte[] message = new byte[length];
        byte[] signature = KEYS.sign(SPEC, PURE, "RAW", message);

        assertEquals(SIGNATURE_LENGTH, signature.length);
        assertTrue(SoftwareVerifier.isValid(PURE, publicKey(), message, signature));
        KEYS.assertValid(SPEC, PURE, "RAW", message, signature);
    }

    @Test
    void sign_digest_hashesTheDigestAgain() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(MESSAGE);
        byte[] signature = KEYS.sign(SPEC, PREHASHED, "DIGEST", digest);

        assertEquals(SIGNATURE_LENGTH, signature.length);
        assertTrue(SoftwareVerifier.isValid(PREHASHED, publicKey(), digest, signature));
        assertFalse(SoftwareVerifier.isValid(PREHASHED, publicKey(), MESSAGE, signature));
        assertFalse(SoftwareVerifier.isValid(PURE, publicKey(), digest, signature));
        KEYS.assertValid(SPEC, PREHASHED, "DIGEST", digest, signature);
        KEYS.assertInvalid(SPEC, PURE, "RAW", digest, signature);
    }

    @ParameterizedTest
    @CsvSource({"ED25519_SHA_512, RAW", "ED25519_PH_SHA_512, DIGEST"})
    void sign_twice_returnsTheSameSignature(String algorithm, String type) {
        byte[] first = KEYS.sign(SPEC, algorithm, type, new byte[64]);
        assertArrayEquals(first, KEYS.sign(SPEC, algorithm, type, new byte[64]));
    }

    // the length of the message is also wrong for DIGEST, but KMS checks the message type first
    @ParameterizedTest
    @CsvSource({
        "ED25519_SHA_512, DIGEST, algorithm ED25519_SHA_512",
        "ED25519_PH_SHA_512, RAW, algorithm ED25519_PH_SHA_512",
        "ED25519_SHA_512, EXTERNAL_MU, key spec ECC_NIST_EDWARDS25519",
        "ED25519_PH_SHA_512, EXTERNAL_MU, key spec ECC_NIST_EDWARDS25519"
    })
    void signAndVerify_wrongMessageType_isValidationException(String algorithm, String type, String subject) {
        String text = "Message type " + type + " is incompatible with " + subject + ".";
        KEYS.assertBothRefuse("ValidationException", text, SPEC, algorithm, type, MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 63, 65, 4096})
    void signAndVerify_wrongDigestLength_isValidationException(int length) {
        KEYS.assertBothRefuse(
                "ValidationException",
                "Digest is invalid length for algorithm ED25519_PH_SHA_512.",
                SPEC,
                PREHASHED,
                "DIGEST",
                new byte[length]);
    }

    @ParameterizedTest
    @CsvSource({
        "0, greater than or equal to 1, ED25519_SHA_512, RAW",
        "0, greater than or equal to 1, ED25519_PH_SHA_512, DIGEST",
        "4097, less than or equal to 4096, ED25519_SHA_512, RAW",
        "4097, less than or equal to 4096, ED25519_PH_SHA_512, DIGEST"
    })
    void signAndVerify_emptyOrLongMessage_isValidationException(
            int length, String rule, String algorithm, String type) {
        String text = "1 validation error detected: Value at 'message' failed to satisfy constraint:"
                + " Member must have length " + rule;
        KEYS.assertBothRefuse("ValidationException", text, SPEC, algorithm, type, new byte[length]);
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_EDWARDS25519, ECDSA_SHA_256",
        "ECC_NIST_EDWARDS25519, ECDSA_SHA_512",
        "ECC_NIST_EDWARDS25519, ML_DSA_SHAKE_256",
        "ECC_NIST_EDWARDS25519, SM2DSA",
        "ECC_NIST_P256, ED25519_SHA_512",
        "ECC_NIST_P256, ED25519_PH_SHA_512"
    })
    void signAndVerify_algorithmOfAnotherSpec_isInvalidKeyUsageException(String spec, String algorithm) {
        KEYS.assertIncompatible(spec, algorithm);
    }

    @Test
    void sign_disabledKeyAndWrongMessageType_isDisabledException() {
        SigningKeys own = new SigningKeys(SERVICE);
        String key = own.arn(SPEC);
        SERVICE.client().disableKey(request -> request.keyId(key));
        assertRefused("DisabledException", key + " is disabled.", () -> own.sign(SPEC, PURE, "DIGEST", MESSAGE));
    }

    @ParameterizedTest
    @CsvSource({"ED25519_SHA_512, RAW", "ED25519_PH_SHA_512, DIGEST"})
    void verify_wrongSignatureOrMessage_isInvalidSignatureExceptionWithoutMessage(String algorithm, String type) {
        byte[] message = new byte[64];
        byte[] good = KEYS.sign(SPEC, algorithm, type, message);
        byte[] flipped = good.clone();
        flipped[0] ^= 1;
        // RFC 8032 §5.1.7: S, the second half of a signature, must be less than the order of the group
        byte[] tooLarge = good.clone();
        Arrays.fill(tooLarge, 32, 64, (byte) 0xff);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] shorter = Arrays.copyOf(good, good.length - 1);
        byte[] longest = new byte[SigningKeys.MAX_SIGNATURE_LENGTH];
        for (byte[] bad : new byte[][] {flipped, tooLarge, longer, shorter, {1}, new byte[64], longest}) {
            KEYS.assertInvalid(SPEC, algorithm, type, message, bad);
        }
        byte[] other = message.clone();
        other[63] = 1;
        KEYS.assertInvalid(SPEC, algorithm, type, other, good);
    }

    private static PublicKey publicKey() throws GeneralSecurityException {
        return SoftwareVerifier.publicKey(SPEC, KEYS.publicKey(SPEC));
    }
}

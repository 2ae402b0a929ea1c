package io.github.kmsjca.emulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys of the specs ML_DSA_44, ML_DSA_65 and ML_DSA_87 (KMS API {@code Sign}, {@code Verify} and {@code GetPublicKey}).
 */
class MlDsaContractTest {
    private static final String ALGORITHM = "ML_DSA_SHAKE_256";
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NO_CONTEXT = {};

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.open();
    private static final SigningKeys KEYS = new SigningKeys(SERVICE);

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    // key lengths: FIPS 204, table 2; object identifiers without parameters: RFC 9881 §2
    @ParameterizedTest
    @CsvSource({
        "ML_DSA_44, 1334, 1312, 2.16.840.1.101.3.4.3.17",
        "ML_DSA_65, 1974, 1952, 2.16.840.1.101.3.4.3.18",
        "ML_DSA_87, 2614, 2592, 2.16.840.1.101.3.4.3.19"
    })
    void getPublicKey_isSpkiWithoutParameters(String spec, int length, int keyLength, String identifier) {
        byte[] encoded = KEYS.publicKey(spec);
        assertEquals(length, encoded.length);
        SubjectPublicKeyInfo spki = SubjectPublicKeyInfo.getInstance(encoded);
        assertEquals(identifier, spki.getAlgorithm().getAlgorithm().getId());
        assertEquals(11, encoded[5], "length of an AlgorithmIdentifier without parameters");
        assertEquals(keyLength, spki.getPublicKeyData().getOctets().length);
    }

    @ParameterizedTest
    @CsvSource({"ML_DSA_44, 2420", "ML_DSA_65, 3309", "ML_DSA_87, 4627"})
    void sign_rawAndExternalMu_arePureMlDsa(String spec, int length) throws GeneralSecurityException {
        byte[] mu = mu(KEYS.publicKey(spec), NO_CONTEXT, MESSAGE);
        PublicKey publicKey = SoftwareVerifier.publicKey(spec, KEYS.publicKey(spec));

        byte[] raw = KEYS.sign(spec, ALGORITHM, "RAW", MESSAGE);
        byte[] external = KEYS.sign(spec, ALGORITHM, "EXTERNAL_MU", mu);

        for (byte[] signature : new byte[][] {raw, external}) {
            assertEquals(length, signature.length);
            assertTrue(SoftwareVerifier.isValid(ALGORITHM, publicKey, MESSAGE, signature));
            KEYS.assertValid(spec, ALGORITHM, "RAW", MESSAGE, signature);
            KEYS.assertValid(spec, ALGORITHM, "EXTERNAL_MU", mu, signature);
            // mu as a RAW message is a different message
            KEYS.assertInvalid(spec, ALGORITHM, "RAW", mu, signature);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "before Java 24, not every JDK has ML-DSA")
    void sign_rawAndExternalMu_sinceJava24_areValidForTheJdk(String spec) throws GeneralSecurityException {
        byte[] spki = KEYS.publicKey(spec);
        PublicKey publicKey = KeyFactory.getInstance("ML-DSA", "SUN").generatePublic(new X509EncodedKeySpec(spki));
        byte[] raw = KEYS.sign(spec, ALGORITHM, "RAW", MESSAGE);
        byte[] external = KEYS.sign(spec, ALGORITHM, "EXTERNAL_MU", mu(spki, NO_CONTEXT, MESSAGE));
        for (byte[] signature : new byte[][] {raw, external}) {
            Signature verifier = Signature.getInstance("ML-DSA", "SUN");
            verifier.initVerify(publicKey);
            verifier.update(MESSAGE);
            assertTrue(verifier.verify(signature));
        }
    }

    @Test
    void sign_muWithContext_isValidOnlyWithTheContext() throws GeneralSecurityException {
        byte[] context = "a context".getBytes(StandardCharsets.UTF_8);
        byte[] spki = KEYS.publicKey("ML_DSA_65");
        byte[] signature = KEYS.sign("ML_DSA_65", ALGORITHM, "EXTERNAL_MU", mu(spki, context, MESSAGE));

        Signature verifier = Signature.getInstance("ML-DSA", new BouncyCastleProvider());
        verifier.setParameter(new ContextParameterSpec(context));
        verifier.initVerify(SoftwareVerifier.publicKey("ML_DSA_65", spki));
        verifier.update(MESSAGE);
        assertTrue(verifier.verify(signature));
        KEYS.assertInvalid("ML_DSA_65", ALGORITHM, "RAW", MESSAGE, signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAW", "EXTERNAL_MU"})
    void sign_twice_returnsDifferentSignatures(String type) {
        byte[] first = KEYS.sign("ML_DSA_44", ALGORITHM, type, new byte[64]);
        assertFalse(Arrays.equals(first, KEYS.sign("ML_DSA_44", ALGORITHM, type, new byte[64])));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096})
    void sign_shortestAndLongestMessage_areSigned(int length) throws GeneralSecurityException {
        byte[] message = new byte[length];
        byte[] signature = KEYS.sign("ML_DSA_44", ALGORITHM, "RAW", message);
        PublicKey publicKey = SoftwareVerifier.publicKey("ML_DSA_44", KEYS.publicKey("ML_DSA_44"));
        assertTrue(SoftwareVerifier.isValid(ALGORITHM, publicKey, message, signature));
    }

    @ParameterizedTest
    @CsvSource({
        "0, greater than or equal to 1, RAW",
        "0, greater than or equal to 1, EXTERNAL_MU",
        "4097, less than or equal to 4096, RAW",
        "4097, less than or equal to 4096, EXTERNAL_MU"
    })
    void signAndVerify_emptyOrLongMessage_isValidationException(int length, String rule, String type) {
        String text = "1 validation error detected: Value at 'message' failed to satisfy constraint:"
                + " Member must have length " + rule;
        KEYS.assertBothRefuse("ValidationException", text, "ML_DSA_44", ALGORITHM, type, new byte[length]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 63, 65, 4096})
    void signAndVerify_wrongMuLength_isValidationException(int length) {
        KEYS.assertBothRefuse(
                "ValidationException",
                "External Mu is invalid length for algorithm ML_DSA_SHAKE_256.",
                "ML_DSA_65",
                ALGORITHM,
                "EXTERNAL_MU",
                new byte[length]);
    }

    @ParameterizedTest
    @CsvSource({"ML_DSA_44, 64", "ML_DSA_65, 64", "ML_DSA_87, 64", "ML_DSA_44, 1"})
    void signAndVerify_digest_isValidationException(String spec, int length) {
        String text = "Message type DIGEST is incompatible with key spec " + spec + ".";
        KEYS.assertBothRefuse("ValidationException", text, spec, ALGORITHM, "DIGEST", new byte[length]);
    }

    @ParameterizedTest
    @CsvSource({
        "ML_DSA_44, ECDSA_SHA_256",
        "ML_DSA_65, ED25519_SHA_512",
        "ML_DSA_87, RSASSA_PSS_SHA_512",
        "ECC_NIST_P384, ML_DSA_SHAKE_256",
        "RSA_2048, ML_DSA_SHAKE_256"
    })
    void signAndVerify_algorithmOfAnotherSpec_isInvalidKeyUsageException(String spec, String algorithm) {
        KEYS.assertIncompatible(spec, algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void verify_wrongSignatureOrMessage_isInvalidSignatureExceptionWithoutMessage(String spec) {
        byte[] good = KEYS.sign(spec, ALGORITHM, "RAW", MESSAGE);
        byte[] flipped = good.clone();
        flipped[0] ^= 1;
        // FIPS 204, algorithm 26: a signature ends with the hint
        byte[] brokenHint = good.clone();
        Arrays.fill(brokenHint, good.length - 8, good.length, (byte) 0xff);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] shorter = Arrays.copyOf(good, good.length - 1);
        byte[] longest = new byte[SigningKeys.MAX_SIGNATURE_LENGTH];
        for (byte[] bad : new byte[][] {flipped, brokenHint, longer, shorter, {1}, new byte[good.length], longest}) {
            KEYS.assertInvalid(spec, ALGORITHM, "RAW", MESSAGE, bad);
            KEYS.assertInvalid(spec, ALGORITHM, "EXTERNAL_MU", mu(KEYS.publicKey(spec), NO_CONTEXT, MESSAGE), bad);
        }
        KEYS.assertInvalid(spec, ALGORITHM, "RAW", new byte[1], good);
    }

    /** Returns mu as a client computes it (FIPS 204, algorithm 2, line 10, and algorithm 7, line 6). */
    private static byte[] mu(byte[] spki, byte[] context, byte[] message) {
        byte[] key = SubjectPublicKeyInfo.getInstance(spki).getPublicKeyData().getOctets();
        byte[] prefix = {0, (byte) context.length};
        return shake256(shake256(key), prefix, context, message);
    }

    private static byte[] shake256(byte[]... parts) {
        SHAKEDigest digest = new SHAKEDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[64];
        digest.doFinal(result, 0, result.length);
        return result;
    }
}

package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the KMS requests for signatures and for their verification. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class SignRequestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String P256 = "ECC_NIST_P256";
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @BeforeEach
    void reset() {
        // the shared provider requests this key once; the tests must not count that request
        TestKms.publicKey(P256);
        TestKms.reset();
    }

    @Test
    void sign_message_makesOneRequest() throws GeneralSecurityException {
        PrivateKey key = TestKms.key(P256);
        TestKms.reset();
        sign(TestKms.sharedProvider(), key, "SHA256withECDSA");
        assertEquals(List.of("Sign"), TestKms.operations());
    }

    @Test
    void verify_local_makesNoRequest() throws GeneralSecurityException {
        byte[] signature = sign(TestKms.sharedProvider(), TestKms.key(P256), "SHA256withECDSA");
        TestKms.reset();
        assertTrue(verify(TestKms.sharedProvider(), MESSAGE, signature));
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA,     RSA_2048, RSASSA_PKCS1_V1_5_SHA_256, SHA-256",
        "SHA384withRSA,     RSA_2048, RSASSA_PKCS1_V1_5_SHA_384, SHA-384",
        "SHA512withRSA,     RSA_3072, RSASSA_PKCS1_V1_5_SHA_512, SHA-512",
        "SHA256withRSA/PSS, RSA_2048, RSASSA_PSS_SHA_256,        SHA-256",
        "SHA384withRSA/PSS, RSA_2048, RSASSA_PSS_SHA_384,        SHA-384",
        "SHA512withRSA/PSS, RSA_2048, RSASSA_PSS_SHA_512,        SHA-512",
        "SHA256withECDSA,   ECC_NIST_P256, ECDSA_SHA_256,        SHA-256",
        "SHA384withECDSA,   ECC_NIST_P384, ECDSA_SHA_384,        SHA-384",
        "SHA512withECDSA,   ECC_NIST_P521, ECDSA_SHA_512,        SHA-512",
        "SHA256withECDSA,   ECC_SECG_P256K1, ECDSA_SHA_256,      SHA-256"
    })
    void sign_hashOfKms_sendsTheDigestUnchanged(String algorithm, String spec, String kmsAlgorithm, String digest)
            throws GeneralSecurityException, IOException {
        JsonNode request = request(algorithm, spec);
        assertEquals(kmsAlgorithm, request.get("SigningAlgorithm").textValue());
        assertEquals("DIGEST", request.get("MessageType").textValue());
        assertArrayEquals(digest(digest), request.get("Message").binaryValue());
    }

    /**
     * FIPS 186-5 §6.4.1, step 2: of a digest that is longer than the order of the curve, only the leftmost bits count.
     * A shorter digest is one number, which leading zeros do not change.
     */
    @ParameterizedTest
    @CsvSource({
        "SHA384withECDSA, ECC_NIST_P256,   ECDSA_SHA_256, SHA-384, 32",
        "SHA512withECDSA, ECC_NIST_P256,   ECDSA_SHA_256, SHA-512, 32",
        "SHA512withECDSA, ECC_SECG_P256K1, ECDSA_SHA_256, SHA-512, 32",
        "SHA512withECDSA, ECC_NIST_P384,   ECDSA_SHA_384, SHA-512, 48",
        "SHA256withECDSA, ECC_NIST_P384,   ECDSA_SHA_384, SHA-256, 48",
        "SHA256withECDSA, ECC_NIST_P521,   ECDSA_SHA_512, SHA-256, 64",
        "SHA384withECDSA, ECC_NIST_P521,   ECDSA_SHA_512, SHA-384, 64"
    })
    void sign_otherHash_sendsTheFittedDigest(
            String algorithm, String spec, String kmsAlgorithm, String digest, int length)
            throws GeneralSecurityException, IOException {
        JsonNode request = request(algorithm, spec);
        byte[] whole = digest(digest);
        byte[] fitted = new byte[length];
        int padding = Math.max(0, length - whole.length);
        System.arraycopy(whole, 0, fitted, padding, length - padding);
        assertEquals(kmsAlgorithm, request.get("SigningAlgorithm").textValue());
        assertArrayEquals(fitted, request.get("Message").binaryValue());
    }

    /** Key policies can require the alias, with the condition kms:RequestAlias. */
    @Test
    void sign_keyNamedByAlias_requestNamesTheAlias() throws GeneralSecurityException, IOException {
        TestKms.emulator().createAlias("alias/kept", TestKms.arn(P256));
        sign(TestKms.sharedProvider(), TestKms.key(TestKms.sharedProvider(), "alias/kept"), "SHA256withECDSA");
        assertEquals("alias/kept", lastRequest("Sign").get("KeyId").textValue());
    }

    @Test
    void grantTokens_unset_areNotSent() throws GeneralSecurityException, IOException {
        assertFalse(request("SHA256withECDSA", P256).has("GrantTokens"));
    }

    @Test
    void grantTokens_set_areSentWithGetPublicKeySignAndVerify() throws GeneralSecurityException, IOException {
        Provider provider = TestKms.provider("grant-tokens=one,two", "verify=kms");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA256withECDSA");
        verify(provider, MESSAGE, signature);
        for (String operation : List.of("GetPublicKey", "Sign", "Verify")) {
            assertEquals(
                    "[\"one\",\"two\"]",
                    lastRequest(operation).get("GrantTokens").toString());
        }
    }

    @Test
    void verifyByKms_validSignature_makesOneRequest() throws GeneralSecurityException, IOException {
        Provider provider = TestKms.provider("verify=kms");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA384withECDSA");
        TestKms.reset();
        Signature engine = Signature.getInstance("SHA384withECDSA", provider);
        engine.initVerify(publicKey(provider));
        engine.update(MESSAGE);
        assertEquals(List.of(), TestKms.operations());
        assertTrue(engine.verify(signature));
        assertEquals(List.of("Verify"), TestKms.operations());
        // KMS gets the first 32 bytes of the SHA-384 digest
        assertEquals(32, lastRequest("Verify").get("Message").binaryValue().length);
    }

    @Test
    void verifyByKms_invalidSignature_isFalse() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA256withECDSA");
        TestKms.reset();
        assertFalse(verify(provider, new byte[] {1}, signature));
        assertEquals(List.of("Verify"), TestKms.operations());
    }

    @Test
    void verifyByKms_denied_throwsSignatureException() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA256withECDSA");
        TestKms.emulator().faults().add(Fault.on("Verify").accessDenied());
        String text = String.valueOf(assertThrows(SignatureException.class, () -> verify(provider, MESSAGE, signature))
                .getMessage());
        assertTrue(text.startsWith("KMS Verify for key " + TestKms.arn(P256) + " failed: AccessDeniedException"), text);
    }

    @ParameterizedTest
    @CsvSource({"verify=kms, SHA256withRSA", "verify=kms;ecdsa=strict, SHA384withECDSA"})
    void initVerify_byKmsWithAnUnsuitableAlgorithm_saysOfTheKeyWhatInitSignSays(String settings, String algorithm)
            throws GeneralSecurityException {
        Provider provider = TestKms.provider(settings.split(";", -1));
        PrivateKey privateKey = TestKms.key(provider, TestKms.arn(P256));
        PublicKey publicKey = publicKey(provider);
        Signature engine = Signature.getInstance(algorithm, provider);
        String text = String.valueOf(assertThrows(InvalidKeyException.class, () -> engine.initVerify(publicKey))
                .getMessage());
        assertTrue(text.contains("(ECC_NIST_P256) cannot be used with " + algorithm), text);
        assertEquals(
                assertThrows(InvalidKeyException.class, () -> engine.initSign(privateKey))
                        .getMessage(),
                text);
    }

    @Test
    void verifyByKms_equalKeyFromAnotherProvider_verifiesLocally() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA256withECDSA");
        TestKms.reset();
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        engine.initVerify(KmsPublicKey.plain(publicKey(provider)));
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void verifyByKms_noProviderNamed_usesOurProviderOnlyForOurKeys() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify=kms");
        try (InstalledProvider installed = InstalledProvider.first(provider)) {
            Signature ours = Signature.getInstance("SHA256withECDSA");
            ours.initVerify(publicKey(provider));
            assertEquals("AWSKMS", ours.getProvider().getName());
            Signature foreign = Signature.getInstance("SHA256withECDSA");
            foreign.initVerify(KmsPublicKey.plain(publicKey(provider)));
            assertEquals("SunEC", foreign.getProvider().getName());
        }
    }

    @Test
    void sign_messageRaw_sendsTheMessage() throws GeneralSecurityException, IOException {
        Provider provider = TestKms.provider("message=raw");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA256withECDSA");
        assertEquals("RAW", lastRequest("Sign").get("MessageType").textValue());
        assertArrayEquals(MESSAGE, lastRequest("Sign").get("Message").binaryValue());
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    @Test
    void sign_messageRawAndLongestMessage_isSigned() throws GeneralSecurityException {
        Signature engine = rawEngine();
        byte[] message = new byte[4096];
        engine.update(message, 0, 4000);
        engine.update(ByteBuffer.wrap(message, 4000, 96));
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), message, engine.sign()));
    }

    @Test
    void sign_messageRawAndTooLongMessage_isRefusedWithoutRequestAndStartsFresh() throws GeneralSecurityException {
        Signature engine = rawEngine();
        String text = "with message=raw, KMS accepts at most 4096 bytes; set message=digest for longer messages";
        engine.update(new byte[4097]);
        assertEquals(text, assertThrows(SignatureException.class, engine::sign).getMessage());
        engine.update(ByteBuffer.allocateDirect(100_000));
        assertEquals(text, assertThrows(SignatureException.class, engine::sign).getMessage());
        engine.update(new byte[4096]);
        engine.update((byte) 1);
        assertEquals(text, assertThrows(SignatureException.class, engine::sign).getMessage());
        assertEquals(0, TestKms.requests("Sign").size());
        engine.update(MESSAGE);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, engine.sign()));
    }

    @Test
    void sign_messageRawAndEmptyMessage_isRefusedWithoutRequest() throws GeneralSecurityException {
        Signature engine = rawEngine();
        assertEquals(
                "with message=raw, KMS refuses an empty message; set message=digest",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        assertEquals(0, TestKms.requests("Sign").size());
    }

    @Test
    void sign_messageRawAfterFailedSign_startsFresh() throws GeneralSecurityException {
        Signature engine = rawEngine();
        TestKms.emulator().faults().add(Fault.on("Sign").accessDenied());
        engine.update(new byte[10]);
        assertThrows(SignatureException.class, engine::sign);
        engine.update(MESSAGE);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, engine.sign()));
    }

    @ParameterizedTest
    @CsvSource({"ecdsa=strict", "message=raw"})
    void initSign_otherHashWithStrictOrRaw_isRefused(String setting) {
        Provider provider = TestKms.provider(setting);
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        assertEquals(
                "KMS key " + TestKms.arn(P256) + " (ECC_NIST_P256) cannot be used with SHA384withECDSA while " + setting
                        + " is set: for this key KMS uses only the hash SHA-256; use that hash (option -sigalg"
                        + " of jarsigner and keytool), or remove the setting",
                assertThrows(
                                InvalidKeyException.class,
                                () -> Signature.getInstance("SHA384withECDSA", provider)
                                        .initSign(key))
                        .getMessage());
    }

    @Test
    void sign_ecdsaStrictAndHashOfKms_signs() throws GeneralSecurityException {
        Provider provider = TestKms.provider("ecdsa=strict");
        byte[] signature = sign(provider, TestKms.key(provider, TestKms.arn(P256)), "SHA256withECDSA");
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    private static Signature rawEngine() throws GeneralSecurityException {
        Provider provider = TestKms.provider("message=raw");
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        engine.initSign(TestKms.key(provider, TestKms.arn(P256)));
        return engine;
    }

    private static JsonNode request(String algorithm, String spec) throws GeneralSecurityException, IOException {
        sign(TestKms.sharedProvider(), TestKms.key(spec), algorithm);
        return lastRequest("Sign");
    }

    private static byte[] sign(Provider provider, PrivateKey key, String algorithm) throws GeneralSecurityException {
        return TestKms.sign(Signature.getInstance(algorithm, provider), key, MESSAGE);
    }

    private static boolean verify(Provider provider, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        engine.initVerify(publicKey(provider));
        engine.update(message);
        return engine.verify(signature);
    }

    private static PublicKey publicKey(Provider provider) {
        return TestKms.publicKey(TestKms.key(provider, TestKms.arn(P256)));
    }

    private static JsonNode lastRequest(String operation) throws IOException {
        List<LoggedRequest> requests = TestKms.requests(operation);
        return JSON.readTree(requests.get(requests.size() - 1).parameters());
    }

    private static byte[] digest(String name) throws GeneralSecurityException {
        return MessageDigest.getInstance(name).digest(MESSAGE);
    }
}

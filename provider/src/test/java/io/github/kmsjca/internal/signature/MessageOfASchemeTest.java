package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the schemes that hash the message in their own way, Ed25519, ML-DSA and SM2: what KMS receives, which messages,
 * parameters and keys are refused, and what the public keys contain.
 */
class MessageOfASchemeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ED25519 = "ECC_NIST_EDWARDS25519";
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @ParameterizedTest
    @CsvSource({"Ed25519", "EdDSA"})
    void ed25519_message_isSentUnhashed(String name) throws GeneralSecurityException, IOException {
        TestKms.sign(engine(name), TestKms.key(ED25519), MESSAGE);
        assertSent("ED25519_SHA_512", "RAW", MESSAGE);
    }

    @Test
    void ed25519_tooLongOrEmpty_isRefusedWithoutRequestAndStartsFresh() throws GeneralSecurityException {
        Signature engine = engine("Ed25519");
        engine.initSign(TestKms.key(ED25519));
        TestKms.reset();
        assertEquals(
                "with Ed25519, KMS refuses an empty message; use a key of another type",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        engine.update(new byte[4096]);
        engine.update((byte) 0);
        assertEquals(
                "with Ed25519, KMS accepts at most 4096 bytes; sign a digest of the message instead, or use a key of"
                        + " another type",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        assertEquals(0, TestKms.requests("Sign").size());
        engine.update(MESSAGE);
        assertTrue(IndependentVerifier.accepts("Ed25519", TestKms.publicKey(ED25519), MESSAGE, engine.sign()));
    }

    @Test
    void ed25519_pureParameters_areAccepted() throws GeneralSecurityException {
        Signature engine = engine("Ed25519");
        engine.setParameter(new EdDSAParameterSpec(false));
        byte[] signature = TestKms.sign(engine, TestKms.key(ED25519), MESSAGE);
        assertTrue(IndependentVerifier.accepts("Ed25519", TestKms.publicKey(ED25519), MESSAGE, signature));
    }

    static Stream<AlgorithmParameterSpec> parametersThatKmsLacks() {
        return Stream.of(
                new EdDSAParameterSpec(true),
                new EdDSAParameterSpec(false, new byte[] {1}),
                new EdDSAParameterSpec(false, new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("parametersThatKmsLacks")
    void ed25519_prehashOrContext_errorGivesTheReason(AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        assertRefused(
                "Ed25519",
                ED25519,
                parameters,
                "only an EdDSAParameterSpec without prehash and context: KMS supports no context, and it would hash a"
                        + " prehash again, which gives a different signature");
    }

    // the variable in try(...) is not used: it only keeps a provider installed
    @SuppressWarnings("try")
    @ParameterizedTest
    @CsvSource({"ML-DSA, ML_DSA_44", "ML-DSA-65, ML_DSA_65"})
    @Tag("newer-libraries")
    void mlDsa_context_errorGivesTheReason(String name, String spec) throws GeneralSecurityException {
        ContextParameterSpec context = new ContextParameterSpec(new byte[] {1});
        String accepted = "no parameters, because KMS signs only with an empty context and without prehash";
        assertEquals(
                name + " takes " + accepted + "; these parameters are of " + ContextParameterSpec.class,
                assertThrows(
                                InvalidAlgorithmParameterException.class,
                                () -> engine(name).setParameter(context))
                        .getMessage());
        // Bouncy Castle supports contexts, so setParameter accepts them until initSign shows whose key it is
        try (InstalledProvider bouncyCastle = InstalledProvider.last(new BouncyCastleProvider())) {
            assertRefused(name, spec, context, accepted);
        }
    }

    private static void assertRefused(String name, String spec, AlgorithmParameterSpec parameters, String accepted)
            throws GeneralSecurityException {
        PrivateKey key = TestKms.key(spec);
        String text = name + " with " + key + " takes " + accepted;
        Signature before = engine(name);
        before.setParameter(parameters);
        assertEquals(
                text,
                assertThrows(InvalidKeyException.class, () -> before.initSign(key))
                        .getMessage());
        Signature after = engine(name);
        after.initSign(key);
        assertEquals(
                text,
                assertThrows(InvalidAlgorithmParameterException.class, () -> after.setParameter(parameters))
                        .getMessage());
        after.update(MESSAGE);
        assertTrue(IndependentVerifier.accepts(name, TestKms.publicKey(spec), MESSAGE, after.sign()));
    }

    /** FIPS 204, algorithm 2, line 10, and algorithm 7, line 6: µ = H(H(pk) || 0 || 0 || M). */
    @ParameterizedTest
    @CsvSource({"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void mlDsa_message_isSentAsMu(String spec) throws GeneralSecurityException, IOException {
        TestKms.sign(engine("ML-DSA"), TestKms.key(spec), MESSAGE);
        byte[] raw = SubjectPublicKeyInfo.getInstance(TestKms.publicKey(spec).getEncoded())
                .getPublicKeyData()
                .getOctets();
        assertSent("ML_DSA_SHAKE_256", "EXTERNAL_MU", shake(shake(raw), new byte[2], MESSAGE));
    }

    /** Returns the SHAKE256 hash of the parts, one after the other. */
    private static byte[] shake(byte[]... parts) {
        SHAKEDigest shake = new SHAKEDigest(256);
        for (byte[] part : parts) {
            shake.update(part, 0, part.length);
        }
        byte[] hash = new byte[64];
        shake.doFinal(hash, 0, hash.length);
        return hash;
    }

    @ParameterizedTest
    @CsvSource({
        "ML-DSA, ML_DSA_65, ML_DSA_SHAKE_256",
        "SM3withSM2, SM2, SM2DSA",
        "Ed25519, " + ED25519 + ", ED25519_SHA_512"
    })
    void messageRaw_onlyUpTo4096Bytes_areSentUnhashedAndSigned(String name, String spec, String kmsAlgorithm)
            throws GeneralSecurityException, IOException {
        Provider provider = TestKms.provider("message=raw");
        Signature engine = Signature.getInstance(name, provider);
        byte[] signature = TestKms.sign(engine, TestKms.key(provider, TestKms.arn(spec)), MESSAGE);
        assertSent(kmsAlgorithm, "RAW", MESSAGE);
        assertTrue(IndependentVerifier.accepts(name, TestKms.publicKey(spec), MESSAGE, signature));
        engine.update(new byte[4097]);
        assertThrows(SignatureException.class, engine::sign);
    }

    @Test
    void sm2_message_isSentAsADigest() throws GeneralSecurityException, IOException {
        TestKms.sign(engine("SM3withSM2"), TestKms.key("SM2"), MESSAGE);
        JsonNode request = signRequest();
        assertEquals("SM2DSA", request.get("SigningAlgorithm").textValue());
        assertEquals("DIGEST", request.get("MessageType").textValue());
        assertEquals(32, request.get("Message").binaryValue().length);
    }

    @Test
    void mlDsa_keyOfAnotherParameterSet_namesTheAlgorithmsOfTheKey() {
        PrivateKey key = TestKms.key("ML_DSA_44");
        assertEquals(
                key + " cannot be used with ML-DSA-65; possible algorithms: ML-DSA, ML-DSA-44 (option -sigalg of"
                        + " jarsigner and keytool)",
                assertThrows(
                                InvalidKeyException.class,
                                () -> engine("ML-DSA-65").initSign(key))
                        .getMessage());
    }

    /** If the JDK does not know the algorithm, the public key has only an algorithm name and an encoding. */
    @ParameterizedTest
    @CsvSource({ED25519, "ML_DSA_44", "ML_DSA_65", "ML_DSA_87", "SM2"})
    void publicKey_hasTheAlgorithmOfThePrivateKeyAndAnEncoding(String spec) {
        PublicKey key = TestKms.publicKey(spec);
        assertEquals(TestKms.key(spec).getAlgorithm(), key.getAlgorithm());
        assertEquals("X.509", key.getFormat());
        assertNotNull(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static void assertSent(String algorithm, String type, byte[] message) throws IOException {
        JsonNode request = signRequest();
        assertEquals(algorithm, request.get("SigningAlgorithm").textValue());
        assertEquals(type, request.get("MessageType").textValue());
        assertArrayEquals(message, request.get("Message").binaryValue());
    }

    /** Returns the only Sign request since the last reset. */
    private static JsonNode signRequest() throws IOException {
        assertEquals(1, TestKms.requests("Sign").size());
        return JSON.readTree(TestKms.requests("Sign").get(0).parameters());
    }

    private static Signature engine(String name) throws GeneralSecurityException {
        return Signature.getInstance(name, TestKms.sharedProvider());
    }
}

package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.RemovedProvider;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the parameters of RSASSA-PSS: when they can be set, which KMS supports, and what getParameters returns. */
class PssTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final PSSParameterSpec SHA256 = IndependentVerifier.pss("SHA-256", 32);
    private static final PSSParameterSpec SHA384 = IndependentVerifier.pss("SHA-384", 48);
    private static final String POSSIBLE = "; KMS supports MGF1 with the same hash as the message:"
            + " SHA-256 with a salt of 32 bytes, SHA-384 with a salt of 48 bytes, SHA-512 with a salt of 64 bytes";

    private final PrivateKey key = TestKms.key("RSA_2048");
    private final Signature engine = engine("RSASSA-PSS");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    static Stream<PSSParameterSpec> parametersThatKmsLacks() {
        return Stream.of(
                PSSParameterSpec.DEFAULT,
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1),
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, 32, 1),
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 2),
                new PSSParameterSpec("SHA-224", "MGF1", MGF1ParameterSpec.SHA224, 28, 1),
                new PSSParameterSpec("SHA-256", "MGF2", MGF1ParameterSpec.SHA256, 32, 1),
                new PSSParameterSpec("SHA-256", "MGF1", null, 32, 1));
    }

    @Test
    void setParameter_beforeInit_isUsed() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        assertAccepted(SHA256, TestKms.sign(engine, key, MESSAGE));
    }

    @Test
    void setParameter_afterInit_isUsed() throws GeneralSecurityException {
        engine.initSign(key);
        engine.setParameter(SHA384);
        engine.update(MESSAGE);
        assertAccepted(SHA384, engine.sign());
    }

    @Test
    void setParameter_twice_usesTheLast() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        engine.initSign(key);
        engine.setParameter(SHA384);
        engine.update(MESSAGE);
        assertAccepted(SHA384, engine.sign());
    }

    @Test
    void setParameter_beforeTwoInits_isUsedAfterBoth() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        assertAccepted(SHA256, TestKms.sign(engine, key, MESSAGE));
        assertAccepted(SHA256, TestKms.sign(engine, key, MESSAGE));
    }

    @Test
    void setParameter_betweenMessages_isUsedForTheNext() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        TestKms.sign(engine, key, MESSAGE);
        engine.setParameter(SHA384);
        engine.update(MESSAGE);
        assertAccepted(SHA384, engine.sign());
    }

    @Test
    void setParameter_duringAMessage_isRefusedAndTheMessageContinues() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        engine.initSign(key);
        engine.update(MESSAGE, 0, 3);
        assertThrows(ProviderException.class, () -> engine.setParameter(SHA384));
        engine.update(MESSAGE, 3, MESSAGE.length - 3);
        assertAccepted(SHA256, engine.sign());
    }

    @Test
    void updateAndSign_withoutParameters_errorsSayWhatToCall() throws GeneralSecurityException {
        engine.initSign(key);
        String text = "RSASSA-PSS needs parameters: call setParameter first";
        assertEquals(
                text,
                assertThrows(SignatureException.class, () -> engine.update(MESSAGE))
                        .getMessage());
        assertEquals(text, assertThrows(SignatureException.class, engine::sign).getMessage());
        assertEquals(0, TestKms.requests("Sign").size());
    }

    @ParameterizedTest
    @MethodSource("parametersThatKmsLacks")
    void setParameter_afterInitWithParametersThatKmsLacks_namesTheParametersOfKms(PSSParameterSpec parameters)
            throws GeneralSecurityException {
        engine.initSign(key);
        assertEquals(
                "KMS does not support " + parameters + POSSIBLE,
                assertThrows(InvalidAlgorithmParameterException.class, () -> engine.setParameter(parameters))
                        .getMessage());
    }

    @ParameterizedTest
    @MethodSource("parametersThatKmsLacks")
    void initSign_parametersThatKmsLacks_namesTheParametersOfKms(PSSParameterSpec parameters)
            throws GeneralSecurityException {
        engine.setParameter(parameters);
        assertEquals(
                "KMS does not support " + parameters + POSSIBLE,
                assertThrows(InvalidKeyException.class, () -> engine.initSign(key))
                        .getMessage());
    }

    @Test
    void setParameter_refused_keepsTheEarlierParameters() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        engine.initSign(key);
        assertThrows(InvalidAlgorithmParameterException.class, () -> engine.setParameter(PSSParameterSpec.DEFAULT));
        engine.update(MESSAGE);
        assertAccepted(SHA256, engine.sign());
    }

    @Test
    void setParameter_nullOrNotOfPss_isRefused() {
        assertThrows(InvalidAlgorithmParameterException.class, () -> engine.setParameter(null));
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> engine.setParameter(new ECGenParameterSpec("secp256r1")));
    }

    @Test
    void setParameter_contradictsTheAlgorithmName_isRefused() {
        Signature named = engine("SHA256withRSA/PSS");
        assertEquals(
                "SHA256withRSA/PSS takes only " + SHA256 + ", not " + SHA384,
                assertThrows(InvalidAlgorithmParameterException.class, () -> named.setParameter(SHA384))
                        .getMessage());
    }

    /** The JDK's own engine also accepts these spellings of the hash. */
    @ParameterizedTest
    @ValueSource(strings = {"SHA256", "sha-256", "sha256"})
    void setParameter_otherSpellingOfTheHash_isAccepted(String hash) throws GeneralSecurityException {
        PSSParameterSpec spelled = IndependentVerifier.pss(hash, 32);
        engine.setParameter(spelled);
        byte[] signature = TestKms.sign(engine, key, MESSAGE);
        assertAccepted(SHA256, signature);
        assertAccepted(spelled, signature);
        assertAccepted(engine.getParameters().getParameterSpec(PSSParameterSpec.class), signature);
        Signature named = engine("SHA256withRSA/PSS");
        named.setParameter(spelled);
        assertAccepted(SHA256, TestKms.sign(named, key, MESSAGE));
    }

    @ParameterizedTest
    @CsvSource({"SHA256, 256", "SHA384, 384", "SHA512, 512"})
    void signAndVerify_nameWithAHash_useThatHash(String hash, int bits) throws GeneralSecurityException {
        PSSParameterSpec parameters = IndependentVerifier.pss("SHA-" + bits, bits / Byte.SIZE);
        for (String name :
                List.of(hash + "withRSA/PSS", hash + "withRSAandMGF1", hash + "withRSASSA-PSS", "RSASSA-PSS/" + hash)) {
            Signature named = engine(name);
            byte[] signature = TestKms.sign(named, key, MESSAGE);
            assertAccepted(parameters, signature);
            named.initVerify(TestKms.publicKey(key));
            named.update(MESSAGE);
            assertTrue(named.verify(signature));
        }
    }

    @Test
    void setParameter_matchesTheAlgorithmName_isAccepted() throws GeneralSecurityException {
        Signature named = engine("SHA256withRSA/PSS");
        named.setParameter(SHA256);
        assertAccepted(SHA256, TestKms.sign(named, key, MESSAGE));
    }

    @Test
    void getParameters_beforeTheyAreSet_isNull() throws GeneralSecurityException {
        assertNull(engine.getParameters());
        engine.initSign(key);
        assertNull(engine.getParameters());
        assertNull(engine("SHA256withECDSA").getParameters());
    }

    /**
     * JSSE calls getParameters after setParameter. If getParameters throws an exception, JSSE disables TLS 1.3 with RSA
     * keys for the whole JVM.
     */
    @Test
    void getParameters_afterTheyAreSet_encodesThem() throws GeneralSecurityException {
        engine.setParameter(SHA384);
        AlgorithmParameters parameters = engine.getParameters();
        assertEquals("RSASSA-PSS", parameters.getAlgorithm());
        assertEquals(
                SHA384.toString(),
                parameters.getParameterSpec(PSSParameterSpec.class).toString());
    }

    @Test
    void getParameters_jvmWithoutAnEncoder_errorNamesTheMissingProvider() throws GeneralSecurityException {
        engine.setParameter(SHA384);
        RemovedProvider jdk = RemovedProvider.named("SunRsaSign");
        try {
            ProviderException refused = assertThrows(ProviderException.class, engine::getParameters);
            assertEquals(
                    "no installed provider encodes RSASSA-PSS parameters; add the JDK's provider SunRsaSign to the list"
                            + " of providers in the file java.security",
                    refused.getMessage());
        } finally {
            jdk.close();
        }
    }

    @Test
    void getParameters_algorithmNameWithAHash_usesThatHash() throws GeneralSecurityException {
        assertEquals(
                SHA256.toString(),
                engine("SHA256withRSAandMGF1")
                        .getParameters()
                        .getParameterSpec(PSSParameterSpec.class)
                        .toString());
    }

    @Test
    void verify_parametersAfterInit_areUsed() throws GeneralSecurityException {
        engine.setParameter(SHA256);
        byte[] signature = TestKms.sign(engine, key, MESSAGE);
        Signature verifier = engine("RSASSA-PSS");
        verifier.initVerify(TestKms.publicKey(key));
        verifier.setParameter(SHA256);
        verifier.update(MESSAGE);
        assertTrue(verifier.verify(signature));
    }

    private static Signature engine(String algorithm) {
        try {
            return Signature.getInstance(algorithm, TestKms.sharedProvider());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAccepted(PSSParameterSpec parameters, byte[] signature) throws GeneralSecurityException {
        assertTrue(IndependentVerifier.accepts(
                "RSASSA-PSS", parameters, TestKms.publicKey("RSA_2048"), MESSAGE, signature));
    }
}

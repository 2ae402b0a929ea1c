package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the states of the signature engine. */
class KmsSignatureTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final String ECDSA = "SHA256withECDSA";
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "another one".getBytes(StandardCharsets.UTF_8);

    private final Signature engine = engine(ECDSA);

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @Test
    void update_beforeInit_isRefused() {
        assertThrows(SignatureException.class, () -> engine.update(MESSAGE));
    }

    @Test
    void sign_beforeInit_isRefused() {
        assertThrows(SignatureException.class, engine::sign);
    }

    @Test
    void sign_initializedForVerification_isRefused() throws GeneralSecurityException {
        engine.initVerify(TestKms.publicKey(P256));
        assertThrows(SignatureException.class, engine::sign);
    }

    @Test
    void verify_initializedForSigning_isRefused() throws GeneralSecurityException {
        engine.initSign(TestKms.key(P256));
        assertThrows(SignatureException.class, () -> engine.verify(new byte[70]));
    }

    @Test
    void initSignAndUpdate_makeNoRequest() throws GeneralSecurityException {
        PrivateKey key = TestKms.key(P256);
        TestKms.reset();
        engine.initSign(key);
        engine.update(MESSAGE);
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void initSign_nullKey_throwsInvalidKeyException() {
        assertThrows(InvalidKeyException.class, () -> engine.initSign(null));
    }

    @Test
    void initSign_keyOfAnotherFamily_namesTheAlgorithmsOfTheKey() {
        InvalidKeyException refusal =
                assertThrows(InvalidKeyException.class, () -> engine.initSign(TestKms.key("RSA_2048")));
        assertEquals(
                "KMS key " + TestKms.arn("RSA_2048") + " (RSA_2048) cannot be used with SHA256withECDSA;"
                        + " possible algorithms: SHA256withRSA, SHA384withRSA, SHA512withRSA, NONEwithRSA, RSASSA-PSS,"
                        + " NONEwithRSASSA-PSS, SHA256withRSA/PSS,"
                        + " SHA384withRSA/PSS, SHA512withRSA/PSS (option -sigalg of jarsigner and keytool)",
                refusal.getMessage());
    }

    @Test
    void initSign_wrongKeyThenFittingKey_signs() throws GeneralSecurityException {
        assertThrows(InvalidKeyException.class, () -> engine.initSign(TestKms.key("RSA_2048")));
        assertAccepted(P256, MESSAGE, TestKms.sign(engine, TestKms.key(P256), MESSAGE));
    }

    @Test
    void initSign_failed_leavesTheEngineWithoutKey() throws GeneralSecurityException {
        engine.initSign(TestKms.key(P256));
        assertThrows(InvalidKeyException.class, () -> engine.initSign(TestKms.key("RSA_2048")));
        assertEquals(
                "no key is set: call initSign or initVerify first",
                assertThrows(SignatureException.class, engine::sign).getMessage());
        assertEquals(List.of(), TestKms.requests("Sign"));
    }

    @Test
    void initSign_anotherKey_signsWithTheNewKey() throws GeneralSecurityException {
        TestKms.sign(engine, TestKms.key(P256), MESSAGE);
        assertAccepted("ECC_NIST_P384", MESSAGE, TestKms.sign(engine, TestKms.key("ECC_NIST_P384"), MESSAGE));
    }

    @Test
    void initVerify_afterSigning_verifies() throws GeneralSecurityException {
        byte[] signature = TestKms.sign(engine, TestKms.key(P256), MESSAGE);
        engine.initVerify(TestKms.publicKey(P256));
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
    }

    @Test
    void sign_afterFailedSign_startsFresh() throws GeneralSecurityException {
        engine.initSign(TestKms.key(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").error(ErrorType.DISABLED, null));
        engine.update(OTHER);
        assertThrows(SignatureException.class, engine::sign);
        engine.update(MESSAGE);
        assertAccepted(P256, MESSAGE, engine.sign());
    }

    @Test
    void sign_refusedByKms_hasTheMessageOfItsCause() throws GeneralSecurityException {
        engine.initSign(TestKms.key(P256));
        TestKms.emulator().faults().add(Fault.on("Sign").error(ErrorType.DISABLED, "It is disabled."));
        SignatureException failure = assertThrows(SignatureException.class, engine::sign);
        KmsException cause = assertInstanceOf(KmsException.class, failure.getCause());
        assertEquals(cause.getMessage(), failure.getMessage());
        assertEquals("DisabledException", cause.code());
    }

    @Test
    void sign_afterShortBuffer_startsFresh() throws GeneralSecurityException {
        engine.initSign(TestKms.key(P256));
        engine.update(OTHER);
        assertThrows(SignatureException.class, () -> engine.sign(new byte[10], 0, 10));
        engine.update(MESSAGE);
        assertAccepted(P256, MESSAGE, engine.sign());
    }

    @Test
    void verify_afterFailedVerify_startsFresh() throws GeneralSecurityException {
        byte[] signature = TestKms.sign(engine, TestKms.key(P256), MESSAGE);
        engine.initVerify(TestKms.publicKey(P256));
        engine.update(OTHER);
        assertFalse(engine.verify(signature));
        engine.update(MESSAGE);
        assertTrue(engine.verify(signature));
    }

    @Test
    void setParameter_wrongClassOnEcdsa_isRefusedAndTheEngineStillSigns() throws GeneralSecurityException {
        engine.initSign(TestKms.key(P256));
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> engine.setParameter(new ECGenParameterSpec("secp256r1")));
        engine.update(MESSAGE);
        assertAccepted(P256, MESSAGE, engine.sign());
    }

    @Test
    void setParameter_nullOnEcdsa_isAccepted() throws GeneralSecurityException {
        engine.setParameter(null);
        engine.initSign(TestKms.key(P256));
        engine.setParameter(null);
        engine.update(MESSAGE);
        assertAccepted(P256, MESSAGE, engine.sign());
    }

    @Test
    void sign_rsaPkcs1Twice_returnsTheSameSignature() throws GeneralSecurityException {
        Signature rsa = engine("SHA256withRSA");
        assertArrayEquals(
                TestKms.sign(rsa, TestKms.key("RSA_2048"), MESSAGE),
                TestKms.sign(rsa, TestKms.key("RSA_2048"), MESSAGE));
    }

    private static Signature engine(String algorithm) {
        try {
            return Signature.getInstance(algorithm, TestKms.sharedProvider());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAccepted(String spec, byte[] message, byte[] signature) throws GeneralSecurityException {
        assertTrue(IndependentVerifier.accepts(ECDSA, TestKms.publicKey(spec), message, signature));
    }
}

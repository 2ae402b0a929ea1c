package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A signature that does not verify with the public key is not returned. */
class VerifyAfterSignTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "another one".getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE = {1, 2, 3};
    private static final String P256 = "ECC_NIST_P256";

    @BeforeEach
    void reset() {
        TestKms.arn(P256);
        TestKms.reset();
    }

    @Test
    void first_garbage_isNotReturned() {
        assertRefused(TestKms.provider(), GARBAGE);
    }

    @Test
    void first_garbageInRawMode_isNotReturned() {
        assertRefused(TestKms.provider("message=raw"), GARBAGE);
    }

    @Test
    void first_afterARefusal_nextSignatureIsAlsoChecked() {
        Provider provider = TestKms.provider();
        assertRefused(provider, GARBAGE);
        assertRefused(provider, GARBAGE);
    }

    @Test
    void first_afterARefusal_goodSignatureIsReturned() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        assertRefused(provider, GARBAGE);
        byte[] signature = sign(provider);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    @Test
    void first_laterSignatures_areNotChecked() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        Provider provider = TestKms.provider();
        sign(provider);
        answerWith(other);
        assertArrayEquals(other, sign(provider));
    }

    /** The alias may have been moved to another key in the meantime. */
    @Test
    void first_keyNamedByAliasInAFile_isCheckedEachTime() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        TestKms.emulator().createAlias("alias/moving", TestKms.arn(P256));
        PrivateKey key = (PrivateKey) TestKms.file(
                        provider,
                        TestKms.entry("release", "alias/moving", TestKms.certificate(TestKms.publicKey(P256))))
                .getKey("release", null);
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        TestKms.sign(engine, key, MESSAGE);
        answerWith(GARBAGE);
        assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE));
    }

    @Test
    void always_laterSignatures_areChecked() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify-after-sign=always");
        sign(provider);
        assertRefused(provider, GARBAGE);
    }

    @Test
    void never_signatureOfAnotherMessage_isReturned() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        answerWith(other);
        assertArrayEquals(other, sign(TestKms.provider("verify-after-sign=never")));
    }

    @Test
    void always_check_makesNoRequest() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify-after-sign=always");
        TestKms.key(provider, TestKms.arn(P256));
        TestKms.reset();
        sign(provider);
        sign(provider);
        assertEquals(List.of("Sign", "Sign"), TestKms.operations());
    }

    @Test
    void first_certificateOfAnotherKey_isRefused() throws GeneralSecurityException {
        String other = TestKms.emulator().createKey(P256);
        Provider provider = TestKms.provider();
        KeyStore store = TestKms.file(
                provider,
                TestKms.entry(
                                "wrong",
                                TestKms.arn(P256),
                                TestKms.certificate(TestKms.publicKey(TestKms.key(provider, other))))
                        + TestKms.entry(
                                "right", other, TestKms.certificate(TestKms.publicKey(TestKms.key(provider, other)))));
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        PrivateKey wrong = (PrivateKey) store.getKey("wrong", null);
        assertEquals(
                "the signature that KMS made with key " + TestKms.arn(P256) + " does not verify with the certificate or"
                        + " public key of the entry, so it is not returned; give the entry the certificate of this key, or"
                        + " name the key of this certificate",
                assertThrows(SignatureException.class, () -> TestKms.sign(engine, wrong, MESSAGE))
                        .getMessage());
        byte[] signature = TestKms.sign(engine, (PrivateKey) store.getKey("right", null), MESSAGE);
        assertTrue(IndependentVerifier.accepts(
                "SHA256withECDSA", store.getCertificate("right").getPublicKey(), MESSAGE, signature));
    }

    private static byte[] sign(Provider provider) throws GeneralSecurityException {
        return sign(provider, MESSAGE);
    }

    private static byte[] sign(Provider provider, byte[] message) throws GeneralSecurityException {
        return TestKms.sign(
                Signature.getInstance("SHA256withECDSA", provider), TestKms.key(provider, TestKms.arn(P256)), message);
    }

    private static void assertRefused(Provider provider, byte[] answer) {
        answerWith(answer);
        assertThrows(SignatureException.class, () -> sign(provider));
    }

    private static void answerWith(byte[] signature) {
        String text = Base64.getEncoder().encodeToString(signature);
        TestKms.emulator()
                .faults()
                .add(Fault.on("Sign")
                        .rewrite(body ->
                                body.replaceFirst("\"Signature\":\"[^\"]*\"", "\"Signature\":\"" + text + "\"")));
    }
}

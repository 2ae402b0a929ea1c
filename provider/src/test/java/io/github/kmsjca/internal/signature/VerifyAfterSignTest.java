package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
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

/**
 * Tests the setting {@code verify-after-sign}: which signatures are checked with the public key, that a signature that
 * fails the check is not returned, and what the error says.
 */
class VerifyAfterSignTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "another one".getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE = {1, 2, 3};
    private static final String P256 = "ECC_NIST_P256";
    private static final String RSA = "RSA_2048";

    @BeforeEach
    void reset() {
        // creates the shared keys
        TestKms.arn(P256);
        TestKms.arn(RSA);
        TestKms.reset();
    }

    /** With {@code verify-after-sign=first}, the second signature would not be checked. */
    @Test
    void always_isTheDefault() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        sign(provider);
        assertRefused(provider, sign(TestKms.sharedProvider(), OTHER));
    }

    @Test
    void always_afterARefusal_returnsAValidSignature() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        assertRefused(provider, GARBAGE);
        byte[] signature = sign(provider);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    @Test
    void always_signatureOfAnotherMessageInRawMode_isNotReturned() throws GeneralSecurityException {
        assertRefused(TestKms.provider("message=raw"), sign(TestKms.sharedProvider(), OTHER));
    }

    @Test
    void first_afterAValidSignature_laterSignaturesAreNotChecked() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        Provider provider = TestKms.provider("verify-after-sign=first");
        sign(provider);
        answerWith(other);
        assertArrayEquals(other, sign(provider));
    }

    @Test
    void first_afterARefusal_nextSignatureIsAlsoChecked() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        Provider provider = TestKms.provider("verify-after-sign=first");
        assertRefused(provider, other);
        assertRefused(provider, other);
    }

    /** Some servers sign correctly with PKCS #1 but not with PSS. */
    @Test
    void first_otherAlgorithmOfTheKey_isChecked() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify-after-sign=first");
        PrivateKey key = TestKms.key(provider, TestKms.arn(RSA));
        byte[] pkcs1 = TestKms.sign(Signature.getInstance("SHA256withRSA", provider), key, MESSAGE);
        answerWith(pkcs1);
        Signature pss = Signature.getInstance("SHA256withRSA/PSS", provider);
        assertThrows(SignatureException.class, () -> TestKms.sign(pss, key, MESSAGE));
    }

    /** With message=raw, the server hashes the message, and it may do so incorrectly. */
    @Test
    void first_otherMessageTypeOfTheKey_isChecked() throws GeneralSecurityException, IOException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        Provider provider = TestKms.provider("verify-after-sign=first");
        KmsLoadStoreParameter raw = KmsLoadStoreParameter.ofDiscovery().with("message", "raw");
        sign(provider);
        KeyStore store = KeyStore.getInstance("AWSKMS", provider);
        store.load(raw);
        PrivateKey key = (PrivateKey) store.getKey(TestKms.arn(P256), null);
        answerWith(other);
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE));
    }

    @Test
    void never_signatureOfAnotherMessage_isReturned() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        answerWith(other);
        assertArrayEquals(other, sign(TestKms.provider("verify-after-sign=never")));
    }

    @Test
    void refusal_keyWithoutCertificate_namesThePublicKeyOfKms() throws GeneralSecurityException {
        answerWith(sign(TestKms.sharedProvider(), OTHER));
        assertEquals(
                "the signature that KMS made with key " + TestKms.arn(P256)
                        + " does not verify with the public key that"
                        + " KMS itself returned for this key, so the signature is not returned; try again, and check the"
                        + " endpoint and the proxies on the way to it",
                refusal(TestKms.provider(), TestKms.key(TestKms.provider(), TestKms.arn(P256))));
    }

    @Test
    void refusal_answerOfAnotherLength_namesTheCertificate() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        String entries = TestKms.entry("release", TestKms.arn(RSA), TestKms.certificate(TestKms.publicKey("RSA_3072")));
        PrivateKey key = (PrivateKey) TestKms.file(provider, entries).getKey("release", null);
        Signature engine = Signature.getInstance("SHA256withRSA", provider);
        assertEquals(
                "the KMS answer for key " + TestKms.arn(RSA)
                        + " is not a signature, so the answer is not returned: it has 256"
                        + " bytes, and a signature by an RSA_3072 key has 384; the certificate of the entry may belong"
                        + " to another key; give the entry the certificate of this key, or correct the line 'key:'"
                        + " of the entry",
                assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE))
                        .getMessage());
    }

    @Test
    void refusal_algorithmThatDoesNotFitTheKey_namesTheCertificate() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        String entries = TestKms.entry("release", TestKms.arn(RSA), TestKms.certificate(TestKms.publicKey(P256)));
        PrivateKey key = (PrivateKey) TestKms.file(provider, entries).getKey("release", null);
        String text = refusal(provider, key);
        assertTrue(
                text.startsWith("the certificate of the entry may belong to another key: KMS Sign for key "
                        + TestKms.arn(RSA) + " failed: InvalidKeyUsageException"),
                text);
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
    void always_certificateOfAnotherKey_isRefused() throws GeneralSecurityException {
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
                "the signature that KMS made with key " + TestKms.arn(P256) + " does not verify with the certificate of"
                        + " the entry, so the signature is not returned; give the entry the certificate of this key, or"
                        + " correct the line 'key:' of the entry",
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

    private static String refusal(Provider provider, PrivateKey key) throws GeneralSecurityException {
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        return String.valueOf(assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, MESSAGE))
                .getMessage());
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

package io.github.kmsjca.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.testing.Referee;
import io.github.kmsjca.testing.SignatureRow;
import io.github.kmsjca.testing.TestKms;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A signature that does not fit the public key is not returned. */
class VerifyAfterSignTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "another one".getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE = {1, 2, 3};
    private static final String P256 = "ECC_NIST_P256";
    private static final Provider ALWAYS = TestKms.provider("verify-after-sign=always");
    private static final Provider NEVER = TestKms.provider("verify-after-sign=never");

    @BeforeEach
    void reset() {
        TestKms.arn(P256);
        TestKms.reset();
    }

    static Stream<SignatureRow> rows() {
        return Stream.concat(
                SignatureRow.withOneKey(),
                SignatureRow.all().filter(row -> row.spec().equals("ECC_SECG_P256K1")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void first_signatureOfAnotherMessage_isNotReturned(SignatureRow row) throws GeneralSecurityException {
        byte[] other = asKmsMakesIt(row, OTHER);
        Provider provider = TestKms.provider();
        PrivateKey key = row.key(provider);
        Signature engine = row.engine(provider);
        answerWith(other);
        assertThrows(SignatureException.class, () -> TestKms.sign(engine, key, row.input(MESSAGE)));
        engine.update(row.input(MESSAGE));
        assertTrue(row.isSignatureOf(MESSAGE, engine.sign()));
        answerWith(other);
        assertFalse(row.isSignatureOf(MESSAGE, TestKms.sign(engine, key, row.input(MESSAGE))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void always_signatureOfAnotherMessage_isNeverReturned(SignatureRow row) throws GeneralSecurityException {
        byte[] other = asKmsMakesIt(row, OTHER);
        Signature engine = row.engine(ALWAYS);
        TestKms.sign(engine, row.key(ALWAYS), row.input(MESSAGE));
        answerWith(other);
        engine.update(row.input(MESSAGE));
        assertThrows(SignatureException.class, engine::sign);
        engine.update(row.input(MESSAGE));
        assertTrue(row.isSignatureOf(MESSAGE, engine.sign()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void never_answerThatIsNoSignature_isNotReturned(SignatureRow row) throws GeneralSecurityException {
        byte[] good = asKmsMakesIt(row, MESSAGE);
        PrivateKey key = row.key(NEVER);
        Signature engine = row.engine(NEVER);
        engine.initSign(key);
        for (byte[] answer : List.of(
                GARBAGE,
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 1),
                Arrays.copyOfRange(good, 1, good.length))) {
            answerWith(answer);
            engine.update(row.input(OTHER));
            String text = String.valueOf(
                    assertThrows(SignatureException.class, engine::sign).getMessage());
            assertTrue(text.contains(TestKms.arn(row.spec()) + " is no signature, and is not returned"), text);
        }
        engine.update(row.input(MESSAGE));
        assertTrue(row.isSignatureOf(MESSAGE, engine.sign()));
    }

    /** Forms are changed after KMS has answered. */
    private static byte[] asKmsMakesIt(SignatureRow row, byte[] message) throws GeneralSecurityException {
        byte[] signature = row.sign(message);
        return row.algorithm().endsWith("inP1363Format") ? EcdsaFormat.fromP1363(signature, orderOfP256()) : signature;
    }

    private static BigInteger orderOfP256() {
        return ((ECPublicKey) TestKms.publicKey(P256)).getParams().getOrder();
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
    void first_afterARefusal_isStillTheFirst() {
        Provider provider = TestKms.provider();
        assertRefused(provider, GARBAGE);
        assertRefused(provider, GARBAGE);
    }

    @Test
    void first_afterARefusal_goodSignatureIsReturned() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        assertRefused(provider, GARBAGE);
        byte[] signature = sign(provider);
        assertTrue(Referee.accepts("SHA256withECDSA", TestKms.publicKey(P256), MESSAGE, signature));
    }

    @Test
    void first_laterSignatures_areNotChecked() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        Provider provider = TestKms.provider();
        sign(provider);
        answerWith(other);
        assertArrayEquals(other, sign(provider));
    }

    /** The alias may have been moved to another key since. */
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
    void never_theFormIsChecked_andNothingElse() throws GeneralSecurityException {
        byte[] other = sign(TestKms.sharedProvider(), OTHER);
        answerWith(other);
        assertArrayEquals(other, sign(TestKms.provider("verify-after-sign=never")));
    }

    @Test
    void check_makesNoRequest() throws GeneralSecurityException {
        Provider provider = TestKms.provider("verify-after-sign=always");
        TestKms.key(provider, TestKms.arn(P256));
        TestKms.reset();
        sign(provider);
        sign(provider);
        assertEquals(List.of("Sign", "Sign"), TestKms.operations());
    }

    @Test
    void certificateOfAnotherKey_isCaughtBeforeTheFirstSignatureIsReturned() throws GeneralSecurityException {
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
                "the signature that KMS made with key " + TestKms.arn(P256) + " does not fit the certificate or public"
                        + " key of the entry, and is not returned; give the entry the certificate of this key, or name"
                        + " the key of this certificate",
                assertThrows(SignatureException.class, () -> TestKms.sign(engine, wrong, MESSAGE))
                        .getMessage());
        byte[] signature = TestKms.sign(engine, (PrivateKey) store.getKey("right", null), MESSAGE);
        assertTrue(
                Referee.accepts("SHA256withECDSA", store.getCertificate("right").getPublicKey(), MESSAGE, signature));
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

package io.github.kmsjca.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.TestKms;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the handles that a KeyStore creates: which requests this costs, which keys and answers are refused, and when a
 * handle is replaced.
 */
class KmsSessionTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final int THREADS = 32;
    private static final String CHECK_ENDPOINT = "; check the endpoint and the proxies on the way to it";

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @Test
    void key_gotTwice_isOneHandleFromOneRequest() {
        Provider provider = TestKms.provider();
        PrivateKey key = TestKms.key(provider, TestKms.arn(P256));
        assertSame(key, TestKms.key(provider, TestKms.arn(P256)));
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
    }

    @Test
    void key_namedByAlias_namesTheKeyByItsArn() {
        TestKms.emulator().createAlias("alias/session", TestKms.arn(P256));
        PrivateKey key = TestKms.key(TestKms.provider(), "alias/session");
        assertEquals(TestKms.arn(P256), ((KmsKey) key).keyId());
    }

    @Test
    void key_manyThreadsAtOnce_makesOneRequest() throws Exception {
        Provider provider = TestKms.provider();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<PrivateKey>> keys = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                keys.add(threads.submit(() -> {
                    start.await();
                    return TestKms.key(provider, TestKms.arn(P256));
                }));
            }
            for (Future<PrivateKey> key : keys) {
                assertSame(keys.get(0).get(), key.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
    }

    @Test
    void key_afterARefusal_isRequestedAgain() {
        Provider provider = TestKms.provider();
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").accessDenied());
        assertThrows(ProviderException.class, () -> TestKms.key(provider, TestKms.arn(P256)));
        assertEquals(TestKms.arn(P256), ((KmsKey) TestKms.key(provider, TestKms.arn(P256))).keyId());
        assertEquals(2, TestKms.requests("GetPublicKey").size());
    }

    @Test
    void key_otherSettings_isAnotherHandle() throws Exception {
        Provider provider = TestKms.provider();
        PrivateKey before = TestKms.key(provider, TestKms.arn(P256));
        KeyStore other = KeyStore.getInstance("AWSKMS", provider);
        other.load(KmsLoadStoreParameter.ofDiscovery().with("verify-after-sign", "first"));
        assertNotSame(before, other.getKey(TestKms.arn(P256), null));
    }

    @Test
    void key_symmetric_isRefused() {
        String arn = TestKms.emulator().createKey("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        assertEquals(
                "key " + arn
                        + " has key spec SYMMETRIC_DEFAULT, which this provider does not support; name an asymmetric"
                        + " or an HMAC key",
                refusal(arn));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, ENCRYPT_DECRYPT, SHA256withRSA",
        "ECC_NIST_P256, KEY_AGREEMENT, SHA256withECDSA",
    })
    void initSign_keyOfAnotherUsage_isRefusedWithoutACall(String spec, String usage, String algorithm) {
        String arn = TestKms.emulator().createKey(spec, usage);
        PrivateKey key = TestKms.key(TestKms.sharedProvider(), arn);
        assertEquals(Optional.of(usage), ((KmsKey) key).keyUsage());
        assertEquals("KMS key " + arn + " (" + spec + " for " + usage + ")", key.toString());
        TestKms.reset();
        assertEquals(
                key + " has key usage " + usage + ", so it cannot be used with " + algorithm
                        + "; name a key whose key usage is SIGN_VERIFY",
                assertThrows(
                                InvalidKeyException.class,
                                () -> Signature.getInstance(algorithm, TestKms.sharedProvider())
                                        .initSign(key))
                        .getMessage());
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void key_unknownSpec_isRefused() {
        replaceInAnswer("\"KeySpec\":\"ECC_NIST_P256\"", "\"KeySpec\":\"ECC_NEW\"");
        assertEquals(
                "key " + TestKms.arn(P256)
                        + " has key spec ECC_NEW, which this version of kms-jca does not know; use a newer version",
                refusal(TestKms.arn(P256)));
    }

    @Test
    void key_malformedPublicKey_isRefused() {
        replaceInAnswer("\"PublicKey\":\"[^\"]*\"", "\"PublicKey\":\"AAAA\"");
        String text = refusal(TestKms.arn(P256));
        assertTrue(
                text.startsWith(
                        "the KMS answer for key " + TestKms.arn(P256) + " does not contain a readable public key ("),
                text);
    }

    @Test
    void key_publicKeyOfAnotherFamily_isRefused() {
        replaceInAnswer("\"KeySpec\":\"ECC_NIST_P256\"", "\"KeySpec\":\"RSA_2048\"");
        assertEquals(
                "the KMS answer for key " + TestKms.arn(P256)
                        + " does not contain a readable public key (the public key is not of spec RSA_2048)"
                        + CHECK_ENDPOINT,
                refusal(TestKms.arn(P256)));
    }

    /** The JDK refuses the exponent 1, and the provider refuses exponents of more than 64 bits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | exponent is smaller than 3",
                "18446744073709551617 | its RSA key has a public exponent of 65 bits, and the maximum is 64"
            })
    void key_rsaKeyWithARefusedExponent_isRefusedWithTheReason(BigInteger exponent, String reason) throws Exception {
        String arn = TestKms.arn("RSA_2048");
        BigInteger modulus = ((RSAPublicKey) TestKms.publicKey("RSA_2048")).getModulus();
        TestKms.reset();
        byte[] encoded = new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        new org.bouncycastle.asn1.pkcs.RSAPublicKey(modulus, exponent))
                .getEncoded();
        replaceInAnswer(
                "\"PublicKey\":\"[^\"]*\"",
                "\"PublicKey\":\"" + Base64.getEncoder().encodeToString(encoded) + "\"");
        assertEquals(
                "the KMS answer for key " + arn + " does not contain a readable public key (" + reason + ")"
                        + CHECK_ENDPOINT,
                refusal(arn));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KeyUsage", "PublicKey", "KeyId"})
    void key_answerWithoutAMember_errorNamesKeyAndMember(String member) {
        replaceInAnswer("\"" + member + "\"", "\"Other\"");
        String text = refusal(TestKms.arn(P256));
        assertTrue(text.startsWith("KMS GetPublicKey for key " + TestKms.arn(P256) + " failed: "), text);
        assertTrue(text.contains(member), text);
    }

    /** Servers that imitate KMS may send only the old name of the member, CustomerMasterKeySpec, or neither name. */
    @ParameterizedTest
    @ValueSource(strings = {"\"KeySpec\"", "\"(KeySpec|CustomerMasterKeySpec)\""})
    void key_answerWithoutKeySpec_hasTheSpecOfThePublicKey(String members) {
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").rewrite(body -> body.replaceAll(members, "\"Other\"")));
        assertEquals(P256, ((KmsKey) TestKms.key(TestKms.provider(), TestKms.arn(P256))).keySpec());
    }

    /**
     * A signature shows that the public key is wrong. For the next handle, the provider requests the public key again.
     */
    @Test
    void key_publicKeyOfAnotherKey_isRequestedAgainAfterARefusedSignature() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        String other = TestKms.emulator().createKey(P256);
        String wrong = Base64.getEncoder()
                .encodeToString(TestKms.publicKey(TestKms.key(TestKms.sharedProvider(), other))
                        .getEncoded());
        replaceInAnswer("\"PublicKey\":\"[^\"]*\"", "\"PublicKey\":\"" + wrong + "\"");
        PrivateKey first = TestKms.key(provider, TestKms.arn(P256));
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        assertThrows(SignatureException.class, () -> TestKms.sign(engine, first, new byte[1]));
        PrivateKey second = TestKms.key(provider, TestKms.arn(P256));
        byte[] signature = TestKms.sign(engine, second, new byte[1]);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(P256), new byte[1], signature));
    }

    @Test
    void key_movedAlias_nextHandleFollowsTheAlias() throws GeneralSecurityException {
        Provider provider = TestKms.provider();
        TestKms.emulator().createAlias("alias/following", TestKms.arn(P256));
        PrivateKey before = TestKms.key(provider, "alias/following");
        String other = TestKms.emulator().createKey(P256);
        TestKms.moveAlias("alias/following", other);
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        assertEquals(
                "alias/following now points to key " + other + " instead of " + TestKms.arn(P256)
                        + ", so the answer was rejected; get the key from the KeyStore again",
                assertThrows(SignatureException.class, () -> TestKms.sign(engine, before, new byte[1]))
                        .getMessage());
        PrivateKey after = TestKms.key(provider, "alias/following");
        assertEquals(other, ((KmsKey) after).keyId());
        byte[] signature = TestKms.sign(engine, after, new byte[1]);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", TestKms.publicKey(after), new byte[1], signature));
    }

    /** A proxy or an impostor between this machine and KMS may answer with its own key. */
    @Test
    void key_answerForAnotherKey_isRefused() {
        replaceInAnswer(TestKms.id(P256), "00000000-0000-0000-0000-000000000000");
        assertEquals(
                "KMS returned key " + TestKms.NO_KEY + " instead of key " + TestKms.arn(P256)
                        + "; check the endpoint and the proxies on the way to it",
                refusal(TestKms.arn(P256)));
    }

    @Test
    void key_answerForAnotherAccount_isRefused() {
        replaceInAnswer(":111122223333:", ":999999999999:");
        String text = refusal(TestKms.arn(P256));
        assertTrue(text.contains("KMS returned key arn:aws:kms:us-east-1:999999999999:key/"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no ARN", "alias/a", "arn:aws:kms:us-east-1:111122223333:alias/a"})
    void key_answerWithoutKeyArnOrKeyId_isRefused(String arn) {
        replaceInAnswer("\"KeyId\":\"[^\"]*\"", "\"KeyId\":\"" + arn + "\"");
        String text = refusal(TestKms.arn(P256));
        assertTrue(text.contains("the answer's KeyId '" + arn + "' is neither a key ARN nor a key id"), text);
    }

    /** Replaces the first match of a regular expression in the next answer to GetPublicKey. */
    private static void replaceInAnswer(String regex, String replacement) {
        TestKms.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").rewrite(body -> body.replaceFirst(regex, replacement)));
    }

    private static String refusal(String id) {
        return String.valueOf(assertThrows(ProviderException.class, () -> TestKms.key(TestKms.provider(), id))
                .getMessage());
    }
}

package io.github.kmsjca.internal.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsSecretKey;
import io.github.kmsjca.testing.IndependentVerifier;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.KeyGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests adopting and creating key pairs, and to which programs the provider offers its generators. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class KmsKeyPairGeneratorTest {
    /** A busy machine can need many seconds to make RSA keys. */
    private static final String CREATING = "create=true;call-timeout=5m";

    private static final byte[] MESSAGE = {1, 2, 3};

    @BeforeEach
    void reset() {
        // the shared provider requests these keys once; the tests must not count these requests
        TestKms.publicKey("RSA_2048");
        TestKms.publicKey("ECC_NIST_P256");
        TestKms.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,       RSA_2048,              SHA256withRSA",
        "EC,        ECC_NIST_P256,         SHA256withECDSA",
        "EdDSA,     ECC_NIST_EDWARDS25519, EdDSA",
        "Ed25519,   ECC_NIST_EDWARDS25519, Ed25519",
        "ML-DSA,    ML_DSA_87,             ML-DSA",
        "ML-DSA-65, ML_DSA_65,             ML-DSA-65"
    })
    void adopt_keyOfTheFamily_returnsTheExistingKey(String family, String spec, String algorithm)
            throws GeneralSecurityException {
        Provider provider = TestKms.provider("adopt=" + TestKms.arn(spec));
        TestKms.publicKey(spec);
        TestKms.reset();
        KeyPair keys = KeyPairGenerator.getInstance(family, provider).generateKeyPair();
        assertEquals(TestKms.publicKey(spec), keys.getPublic());
        byte[] signature = TestKms.sign(Signature.getInstance(algorithm, provider), keys.getPrivate(), MESSAGE);
        assertTrue(IndependentVerifier.accepts(algorithm, keys.getPublic(), MESSAGE, signature));
        assertEquals(List.of("GetPublicKey", "Sign"), TestKms.operations());
    }

    /** If the user named no size, keytool passes its own default: 3072 for RSA and 384 for EC on Java 25. */
    @Test
    void adopt_anotherSizeOrTheSameCurve_returnsTheExistingKey() throws GeneralSecurityException {
        KeyPairGenerator rsa =
                KeyPairGenerator.getInstance("RSA", TestKms.provider("adopt=" + TestKms.arn("RSA_2048")));
        rsa.initialize(3072);
        assertEquals(TestKms.publicKey("RSA_2048"), rsa.generateKeyPair().getPublic());
        KeyPairGenerator ec =
                KeyPairGenerator.getInstance("EC", TestKms.provider("adopt=" + TestKms.arn("ECC_NIST_P256")));
        ec.initialize(384);
        assertEquals(TestKms.publicKey("ECC_NIST_P256"), ec.generateKeyPair().getPublic());
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        assertEquals(TestKms.publicKey("ECC_NIST_P256"), ec.generateKeyPair().getPublic());
    }

    @Test
    void adopt_anotherCurve_errorNamesTheKeytoolOption() throws GeneralSecurityException {
        KeyPairGenerator ec =
                KeyPairGenerator.getInstance("EC", TestKms.provider("adopt=" + TestKms.arn("ECC_NIST_P256")));
        ec.initialize(new ECGenParameterSpec("secp384r1"));
        assertEquals(
                "the setting adopt names KMS key " + TestKms.arn("ECC_NIST_P256")
                        + " (ECC_NIST_P256), but the program asks for a key of spec ECC_NIST_P384; with keytool, leave"
                        + " out -groupname",
                assertThrows(ProviderException.class, ec::generateKeyPair).getMessage());
    }

    /** The JCA passes parameters on to this provider if the JDK's own generators refuse them. */
    @Test
    void adopt_parametersThatKmsDoesNotSupport_areRefused() throws GeneralSecurityException {
        try (InstalledProvider installed =
                InstalledProvider.last(TestKms.provider("adopt=" + TestKms.arn("ECC_NIST_P256")))) {
            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
            assertThrows(
                    InvalidAlgorithmParameterException.class,
                    () -> ec.initialize(new ECGenParameterSpec("brainpoolP256r1")));
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            assertThrows(InvalidParameterException.class, () -> rsa.initialize(256));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EC  | RSA_2048              | which is not a key for EC; with keytool, use -keyalg RSA",
                "RSA | ECC_NIST_P256         | which is not a key for RSA; with keytool, use -keyalg EC",
                "EC  | ECC_NIST_EDWARDS25519 | which is not a key for EC; with keytool, use -keyalg EdDSA",
                "EC  | ML_DSA_65             | which is not a key for EC; with keytool, use -keyalg ML-DSA",
                "EC  | ML_KEM_768            | which is not a key for EC; use the KeyPairGenerator ML-KEM",
                "EC  | SM2                   | for which there is no KeyPairGenerator; get the key from a KeyStore"
            })
    void adopt_keyOfAnotherFamily_errorNamesItsGeneratorIfThereIsOne(String algorithm, String spec, String reason)
            throws GeneralSecurityException {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance(algorithm, TestKms.provider("adopt=" + TestKms.arn(spec)));
        assertEquals(
                reason,
                String.valueOf(assertThrows(ProviderException.class, generator::generateKeyPair)
                                .getMessage())
                        .replaceFirst("^the setting adopt names KMS key " + TestKms.arn(spec) + " [(][^)]*[)], ", ""));
    }

    @Test
    void generateKeyPair_neitherAdoptNorCreate_namesTheSettings() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", TestKms.provider());
        String text = "name an existing KMS key with the setting adopt, such as adopt=alias/release, or set"
                + " create=true to create KMS keys";
        assertEquals(
                text,
                assertThrows(ProviderException.class, generator::generateKeyPair)
                        .getMessage());
        assertEquals(
                text,
                assertThrows(ProviderException.class, () -> generator.initialize(2048))
                        .getMessage());
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, RSA_2048",
        "EC,   256, ECC_NIST_P256",
        "EC,   384, ECC_NIST_P384",
        "EC,   521, ECC_NIST_P521",
        "EdDSA, 255, ECC_NIST_EDWARDS25519"
    })
    void create_bySize_makesOneKeyOfTheSpec(String family, int size, String spec) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family, TestKms.provider(CREATING));
        generator.initialize(size);
        assertCreated(spec, generator);
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, ECC_NIST_P256",
        "secp384r1, ECC_NIST_P384",
        "1.3.132.0.35, ECC_NIST_P521",
        "secp256k1, ECC_SECG_P256K1"
    })
    void create_byCurve_makesOneKeyOfTheSpec(String curve, String spec) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", TestKms.provider(CREATING));
        generator.initialize(new NamedParameterSpec(curve));
        assertCreated(spec, generator);
        generator.initialize(new ECGenParameterSpec(curve));
        assertCreated(spec, generator);
    }

    @ParameterizedTest
    @CsvSource({
        "EdDSA,  Ed25519,   ECC_NIST_EDWARDS25519",
        "ML-DSA, ML-DSA-44, ML_DSA_44",
        "ML-DSA, ML-DSA-87, ML_DSA_87"
    })
    void create_byParameters_makesOneKeyOfTheSpec(String family, String parameters, String spec)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family, TestKms.provider(CREATING));
        generator.initialize(new NamedParameterSpec(parameters));
        assertCreated(spec, generator);
    }

    @Test
    void mlDsa44Generator_otherParameterSet_isRefused() throws GeneralSecurityException {
        KeyPairGenerator creating = KeyPairGenerator.getInstance("ML-DSA-44", TestKms.provider(CREATING));
        String refusal = String.valueOf(assertThrows(
                        InvalidAlgorithmParameterException.class,
                        () -> creating.initialize(new NamedParameterSpec("ML-DSA-65")))
                .getMessage());
        assertTrue(refusal.contains("ML-DSA-44 keys with the parameters ML-DSA-65"), refusal);
        KeyPairGenerator adopting =
                KeyPairGenerator.getInstance("ML-DSA-44", TestKms.provider("adopt=" + TestKms.arn("ML_DSA_65")));
        assertThrows(ProviderException.class, adopting::generateKeyPair);
    }

    @Test
    void create_rsaParameters_makeOneKeyOfTheSpec() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", TestKms.provider(CREATING));
        generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        assertCreated("RSA_2048", generator);
    }

    @Test
    void create_withoutInit_makesTheDefaultKey() throws GeneralSecurityException {
        assertCreated("ECC_NIST_P256", KeyPairGenerator.getInstance("EC", TestKms.provider(CREATING)));
    }

    @Test
    void create_newKey_signs() throws GeneralSecurityException {
        Provider provider = TestKms.provider(CREATING);
        KeyPair keys = KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
        byte[] signature = TestKms.sign(Signature.getInstance("SHA256withECDSA", provider), keys.getPrivate(), MESSAGE);
        assertTrue(IndependentVerifier.accepts("SHA256withECDSA", keys.getPublic(), MESSAGE, signature));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2047, 8192, 256})
    void create_rsaSizeThatKmsDoesNotSupport_errorNamesTheKeySpecs(int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", TestKms.provider(CREATING));
        assertEquals(
                "KMS does not support RSA keys of " + size + " bits; it supports RSA_2048, RSA_3072, RSA_4096",
                assertThrows(InvalidParameterException.class, () -> generator.initialize(size))
                        .getMessage());
    }

    @Test
    void create_parametersThatKmsDoesNotSupport_areRefused() throws GeneralSecurityException {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC", TestKms.provider(CREATING));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA", TestKms.provider(CREATING));
        RSAKeyGenParameterSpec exponent = new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3));
        assertThrows(InvalidParameterException.class, () -> ec.initialize(224));
        assertThrows(
                InvalidAlgorithmParameterException.class, () -> ec.initialize(new ECGenParameterSpec("secp224r1")));
        assertEquals(
                "KMS does not support RSA keys of 2048 bits with the public exponent 3 instead of 65537; it supports"
                        + " RSA_2048, RSA_3072, RSA_4096",
                assertThrows(InvalidAlgorithmParameterException.class, () -> rsa.initialize(exponent))
                        .getMessage());
        assertThrows(
                InvalidAlgorithmParameterException.class, () -> rsa.initialize(new ECGenParameterSpec("secp256r1")));
        assertThrows(InvalidAlgorithmParameterException.class, () -> rsa.initialize(null));
        assertEquals(List.of(), TestKms.operations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"adopt=alias/any", "create=true"})
    void firstInTheList_programNamesNoProvider_getsAKeyInMemory(String setting) throws GeneralSecurityException {
        try (InstalledProvider installed = InstalledProvider.first(TestKms.provider(setting))) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            assertTrue(generator.generateKeyPair().getPrivate() instanceof ECPrivateKey);
            assertTrue(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate() instanceof RSAPrivateKey);
        }
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void firstInTheList_programNamesTheProvider_errorShowsTheRightCall() {
        try (InstalledProvider installed = InstalledProvider.first(TestKms.provider(CREATING))) {
            assertEquals(
                    "AWSKMS comes before SunEC in the list of providers. In this order, AWSKMS makes EC keys only for"
                            + " programs that pass the provider object, not its name; otherwise, programs that name no"
                            + " provider would get KMS keys. Call"
                            + " KeyPairGenerator.getInstance(\"EC\", Security.getProvider(\"AWSKMS\")), or put AWSKMS"
                            + " after SunEC",
                    assertThrows(NoSuchAlgorithmException.class, () -> KeyPairGenerator.getInstance("EC", "AWSKMS"))
                            .getMessage());
        }
    }

    @Test
    void firstInTheList_programPassesTheProvider_getsAKmsKey() throws GeneralSecurityException {
        Provider provider = TestKms.provider(CREATING);
        try (InstalledProvider installed = InstalledProvider.first(provider)) {
            assertCreated("ECC_NIST_P256", KeyPairGenerator.getInstance("EC", provider));
            assertCreated("RSA_3072", KeyPairGenerator.getInstance("RSA", Security.getProvider("AWSKMS")));
            assertTrue(KeyGenerator.getInstance("HmacSHA256", provider).generateKey() instanceof KmsSecretKey);
            assertEquals(
                    "SunJCE",
                    KeyGenerator.getInstance("HmacSHA256").getProvider().getName());
        }
    }

    /**
     * Bouncy Castle's generators are subclasses of KeyPairGenerator. If this provider refused only after getInstance,
     * the JCA would skip them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"ecdsa=fit", "create=true"})
    void firstBeforeBouncyCastle_programNamesNoProvider_usesBouncyCastle(String setting)
            throws GeneralSecurityException {
        try (InstalledProvider bouncyCastle = InstalledProvider.first(new BouncyCastleProvider());
                InstalledProvider installed = InstalledProvider.first(TestKms.provider(setting))) {
            assertEquals("BC", KeyPairGenerator.getInstance("EC").getProvider().getName());
        }
    }

    @Test
    void lastInTheList_programNamesTheProvider_getsAKmsKey() throws GeneralSecurityException {
        try (InstalledProvider installed = InstalledProvider.last(TestKms.provider(CREATING))) {
            assertCreated("ECC_NIST_P256", KeyPairGenerator.getInstance("EC", "AWSKMS"));
            assertTrue(KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate() instanceof ECPrivateKey);
        }
    }

    /** A new key is not immediately available everywhere (Developer Guide, eventual consistency). */
    @Test
    void create_keyNotAvailableYet_isWaitedFor() throws GeneralSecurityException {
        TestKms.emulator().faults().add(Fault.on("GetPublicKey").times(3).error("NotFoundException", 400, "not yet"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", TestKms.provider(CREATING));
        assertEquals("ECC_NIST_P256", ((KmsKey) generator.generateKeyPair().getPrivate()).keySpec());
        assertEquals(4, TestKms.requests("GetPublicKey").size());
        assertEquals(1, TestKms.requests("CreateKey").size());
    }

    @Test
    void create_keyNeverAvailable_errorNamesTheKey() throws GeneralSecurityException {
        // an emulator logs abandoned requests late, so this test does not use the shared emulator
        try (KmsEmulator slow = KmsEmulator.start()) {
            slow.faults().add(Fault.on("GetPublicKey").always().error("NotFoundException", 400, "not yet"));
            Provider provider = new KmsProvider()
                    .configure("endpoint=" + slow.endpoint() + ";region=us-east-1;create=true;call-timeout=3s");
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            String text = String.valueOf(assertThrows(ProviderException.class, generator::generateKeyPair)
                    .getMessage());
            assertTrue(text.startsWith("KMS created key arn:aws:kms:us-east-1:111122223333:key/"), text);
            assertTrue(text.contains("NotFoundException (not yet)"), text);
        }
    }

    /** KMS may have created the key although its answer is late. A second request would create another key. */
    @Test
    void create_lateAnswer_isWaitedForWithoutASecondRequest() throws GeneralSecurityException {
        AtomicInteger creates = new AtomicInteger();
        TestKms.emulator().faults().add(Fault.on("CreateKey").times(2).rewrite(body -> {
            if (creates.incrementAndGet() == 1) {
                delayAnswer();
            }
            return body;
        }));
        KeyPairGenerator.getInstance("EC", TestKms.provider(CREATING + ";attempt-timeout=200ms"))
                .generateKeyPair();
        assertEquals(1, creates.get());
        // removes the second fault, which must not meet another test
        TestKms.reset();
    }

    /** Delays an answer for longer than the attempt timeout. */
    private static void delayAnswer() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertCreated(String spec, KeyPairGenerator generator) {
        TestKms.reset();
        KeyPair keys = generator.generateKeyPair();
        assertEquals(spec, ((KmsKey) keys.getPrivate()).keySpec());
        assertEquals(1, TestKms.requests("CreateKey").size());
        assertTrue(TestKms.requests("CreateKey").get(0).parameters().contains("\"KeyUsage\":\"SIGN_VERIFY\""));
    }
}

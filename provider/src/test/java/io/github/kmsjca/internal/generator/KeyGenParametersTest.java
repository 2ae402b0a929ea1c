package io.github.kmsjca.internal.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSecretKey;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests key creation with parameters (KMS API CreateKey, CreateAlias), including failures after the key was created,
 * the alias that {@code setKeyEntry} gives to a new key, and the KeyGenerators.
 */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class KeyGenParametersTest {
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*",
            "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}]}
            """;
    private static final KmsKeyGenParameterSpec P256 = KmsKeyGenParameterSpec.of("ECC_NIST_P256");

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    private static KmsKey createKey(String algorithm, KmsKeyGenParameterSpec parameters)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, TestKms.provider());
        generator.initialize(parameters);
        return (KmsKey) generator.generateKeyPair().getPrivate();
    }

    private static String sentParameters(String operation) {
        return TestKms.requests(operation).get(0).parameters();
    }

    /**
     * The deletion window is not among these parameters: it is sent only after a failure. The emulator checks the
     * members of the request as strictly as KMS.
     */
    @Test
    void create_allParameters_areSent() throws GeneralSecurityException {
        KmsKey key = createKey(
                "EC",
                P256.withUsage("KEY_AGREEMENT")
                        .withAlias("alias/everything")
                        .withDescription("for a test")
                        .withPolicy(POLICY)
                        .withTag("team", "jca")
                        .withTag("cost", "none")
                        .withMultiRegion());
        assertEquals(Optional.of("KEY_AGREEMENT"), key.keyUsage());
        assertTrue(key.keyId().contains(":key/mrk-"), key.keyId());
        assertEquals(List.of("CreateKey", "GetPublicKey", "CreateAlias"), TestKms.operations());
        for (String part : List.of(
                "\"Description\":\"for a test\"",
                "\"KeySpec\":\"ECC_NIST_P256\"",
                "\"KeyUsage\":\"KEY_AGREEMENT\"",
                "\"MultiRegion\":true",
                "2012-10-17",
                "{\"TagKey\":\"team\",\"TagValue\":\"jca\"}",
                "{\"TagKey\":\"cost\",\"TagValue\":\"none\"}")) {
            assertTrue(sentParameters("CreateKey").contains(part), part);
        }
        assertEquals(key.keyId(), ((KmsKey) TestKms.key(TestKms.provider(), "alias/everything")).keyId());
    }

    @Test
    void create_absentParameters_areNotSent() throws GeneralSecurityException {
        createKey("EC", P256);
        for (String member : List.of("Description", "Policy", "Tags", "MultiRegion")) {
            assertFalse(sentParameters("CreateKey").contains(member), member);
        }
        assertEquals(List.of("CreateKey", "GetPublicKey"), TestKms.operations());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, RSA_2048, SIGN_VERIFY",
        "EC, ECC_NIST_P384, SIGN_VERIFY",
        "ML-KEM, ML_KEM_512, ENCAPSULATE_DECAPSULATE",
        "ML-KEM-1024, ML_KEM_1024, ENCAPSULATE_DECAPSULATE"
    })
    void create_noUsageGiven_hasTheDefaultUsage(String algorithm, String spec, String usage)
            throws GeneralSecurityException {
        KmsKey key = createKey(algorithm, KmsKeyGenParameterSpec.of(spec));
        assertEquals(spec, key.keySpec());
        assertEquals(Optional.of(usage), key.keyUsage());
    }

    @ParameterizedTest
    @CsvSource({
        "EC, RSA_2048, SIGN_VERIFY, 'KMS does not support EC keys of spec RSA_2048; it supports ECC_NIST_P256, ECC_NIST_P384,"
                + " ECC_NIST_P521, ECC_SECG_P256K1'",
        "EC, ECC_NEW, SIGN_VERIFY, 'KMS does not support EC keys of spec ECC_NEW; it supports ECC_NIST_P256, ECC_NIST_P384,"
                + " ECC_NIST_P521, ECC_SECG_P256K1'",
        "EC, ECC_SECG_P256K1, KEY_AGREEMENT, 'a key of spec ECC_SECG_P256K1 cannot have the usage KEY_AGREEMENT;"
                + " possible usages: [SIGN_VERIFY]'",
        "EC, ECC_NIST_P256, SIGN, 'a key of spec ECC_NIST_P256 cannot have the usage SIGN; possible"
                + " usages: [SIGN_VERIFY, KEY_AGREEMENT]'"
    })
    void initialize_unfitSpecOrUsage_isRefusedBeforeAnyCall(String algorithm, String spec, String usage, String text)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, TestKms.provider());
        assertEquals(
                text,
                assertThrows(
                                InvalidAlgorithmParameterException.class,
                                () -> generator.initialize(
                                        KmsKeyGenParameterSpec.of(spec).withUsage(usage)))
                        .getMessage());
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void initialize_invalidAlias_isRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", TestKms.provider());
        for (String alias : List.of("release", "arn:aws:kms:us-east-1:111122223333:alias/release", "alias/a b", "")) {
            assertEquals(
                    "'" + alias + "' is not an alias name; write alias/NAME, with a NAME of 1 to 250 letters, digits"
                            + " and characters / _ -",
                    assertThrows(
                                    InvalidAlgorithmParameterException.class,
                                    () -> generator.initialize(P256.withAlias(alias)))
                            .getMessage());
        }
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void withDeletionWindow_otherThan7To30Days_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> P256.withDeletionWindow(6));
        assertThrows(IllegalArgumentException.class, () -> P256.withDeletionWindow(31));
    }

    /** A proxy may answer with the ARN of any other key. */
    @Test
    void create_answerWithAnotherKey_isRefused() {
        String other = TestKms.arn("ECC_NIST_P384");
        TestKms.emulator()
                .faults()
                .add(Fault.on("CreateKey")
                        .rewrite(body -> body.replaceFirst("\"Arn\":\"[^\"]*\"", "\"Arn\":\"" + other + "\"")));
        String text = String.valueOf(assertThrows(ProviderException.class, () -> createKey("EC", P256))
                .getMessage());
        assertTrue(
                text.contains(other) && text.contains("spec ECC_NIST_P384 for SIGN_VERIFY instead of ECC_NIST_P256"),
                text);
    }

    @Test
    void createAlias_keyNotVisibleYet_isRetried() throws GeneralSecurityException {
        TestKms.emulator().faults().add(Fault.on("CreateAlias").times(2).error("NotFoundException", 400, "not yet"));
        createKey("EC", P256.withAlias("alias/late"));
        assertEquals(1, TestKms.requests("CreateKey").size());
        assertEquals(3, TestKms.requests("CreateAlias").size());
    }

    @Test
    void createAlias_failsWithoutDeletionWindow_namesTheKey() throws GeneralSecurityException {
        createKey("EC", P256.withAlias("alias/taken"));
        String text = failure(P256.withAlias("alias/taken"));
        assertTrue(text.startsWith("KMS created key arn:aws:kms:us-east-1:111122223333:key/"), text);
        assertTrue(text.contains("aws kms schedule-key-deletion"), text);
        assertTrue(text.contains("AlreadyExistsException"), text);
        assertEquals(0, TestKms.requests("ScheduleKeyDeletion").size());
    }

    @Test
    void createAlias_failsWithDeletionWindow_schedulesDeletion() throws GeneralSecurityException {
        createKey("EC", P256.withAlias("alias/taken/too"));
        TestKms.reset();
        String text = failure(P256.withAlias("alias/taken/too").withDeletionWindow(9));
        assertTrue(text.contains("KMS deletes the key in 9 days"), text);
        String deletion = sentParameters("ScheduleKeyDeletion");
        assertTrue(deletion.contains("\"PendingWindowInDays\":9"), deletion);
        String created = text.substring(text.indexOf("arn:"), text.indexOf(", but a later step"));
        assertTrue(deletion.contains(created), deletion);
    }

    @Test
    void initialize_refusedParametersOrSize_discardEarlierParameters() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", TestKms.provider());
        generator.initialize(P256);
        assertThrows(
                InvalidAlgorithmParameterException.class,
                () -> generator.initialize(P256.withUsage("ENCRYPT_DECRYPT")));
        assertThrows(ProviderException.class, generator::generateKeyPair);
        generator.initialize(P256);
        assertThrows(ProviderException.class, () -> generator.initialize(256));
        assertThrows(ProviderException.class, generator::generateKeyPair);
        assertEquals(List.of(), TestKms.operations());
    }

    /**
     * A keystore file allows characters that KMS does not allow in an alias, such as the dot. The file names the key by
     * its ARN, so the key needs no alias.
     */
    @Test
    void setKeyEntry_nameThatNoAliasCanHave_isStoredWithoutAlias() throws GeneralSecurityException {
        var provider = TestKms.provider("create=true");
        KmsPrivateKey created = (KmsPrivateKey)
                KeyPairGenerator.getInstance("EC", provider).generateKeyPair().getPrivate();
        KeyStore store = TestKms.file(provider, "");
        store.setKeyEntry(
                "my.key", (PrivateKey) created, null, new Certificate[] {TestKms.certificate(created.publicKey())});
        assertTrue(store.isKeyEntry("my.key"));
        assertEquals(0, TestKms.requests("CreateAlias").size());
    }

    @Test
    void setKeyEntry_aliasInUse_succeedsLaterWithAnotherName() throws GeneralSecurityException {
        createKey("EC", P256.withAlias("alias/not-free"));
        var provider = TestKms.provider("create=true");
        KmsPrivateKey created = (KmsPrivateKey)
                KeyPairGenerator.getInstance("EC", provider).generateKeyPair().getPrivate();
        KeyStore store = TestKms.file(provider, "");
        Certificate[] chain = {TestKms.certificate(created.publicKey())};
        assertThrows(KeyStoreException.class, () -> store.setKeyEntry("not-free", (PrivateKey) created, null, chain));
        store.setKeyEntry("free", (PrivateKey) created, null, chain);
        assertEquals(created.keyId(), ((KmsKey) TestKms.key(provider, "alias/free")).keyId());
    }

    @Test
    void createAliasAndDeletion_bothFail_errorNamesBoth() throws GeneralSecurityException {
        TestKms.emulator()
                .faults()
                .add(Fault.on("CreateAlias").accessDenied())
                .add(Fault.on("ScheduleKeyDeletion").accessDenied());
        String text = failure(P256.withAlias("alias/denied").withDeletionWindow(7));
        assertTrue(text.contains("the key could not be deleted either"), text);
        assertTrue(text.contains("kms:CreateAlias") && text.contains("kms:ScheduleKeyDeletion"), text);
    }

    private static String failure(KmsKeyGenParameterSpec parameters) {
        return String.valueOf(assertThrows(ProviderException.class, () -> createKey("EC", parameters))
                .getMessage());
    }

    /** keytool passes the alias only to the store, so the store gives the alias to a new key. */
    @Test
    void setKeyEntry_newKeyStoredTwice_createsOneAliasInKms() throws GeneralSecurityException {
        for (String alias : List.of("by-name", "alias/by-alias")) {
            var provider = TestKms.provider("create=true");
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            KmsPrivateKey created = (KmsPrivateKey) generator.generateKeyPair().getPrivate();
            KeyStore store = TestKms.file(provider, "");
            Certificate[] chain = {TestKms.certificate(created.publicKey())};
            store.setKeyEntry(alias, (PrivateKey) created, null, chain);
            store.setKeyEntry("again", (PrivateKey) created, null, chain);
            assertEquals(1, TestKms.requests("CreateAlias").size());
            String name = alias.startsWith("alias/") ? alias : "alias/" + alias;
            assertEquals(created.keyId(), ((KmsKey) TestKms.key(provider, name)).keyId());
            TestKms.reset();
        }
    }

    @Test
    void generateKey_create_makesAMacKeyInKms() throws GeneralSecurityException {
        for (String algorithm : List.of("HmacSHA224", "HmacSHA256", "HmacSHA384", "HmacSHA512")) {
            TestKms.reset();
            KeyGenerator generator = KeyGenerator.getInstance(algorithm, TestKms.provider("create=true"));
            KmsSecretKey key = assertInstanceOf(KmsSecretKey.class, generator.generateKey());
            assertEquals(algorithm, key.getAlgorithm());
            assertEquals(List.of("CreateKey", "DescribeKey"), TestKms.operations());
            assertTrue(sentParameters("CreateKey").contains("\"KeyUsage\":\"GENERATE_VERIFY_MAC\""));
            Mac mac = Mac.getInstance(algorithm, TestKms.sharedProvider());
            mac.init(key);
            assertTrue(key.verifyMac(new byte[] {7}, mac.doFinal(new byte[] {7})));
        }
    }

    @Test
    void generateKey_parameters_areSent() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("HmacSHA256", TestKms.provider());
        generator.init(
                KmsKeyGenParameterSpec.of("HMAC_256").withAlias("alias/mac").withTag("team", "jca"));
        SecretKey key = generator.generateKey();
        assertTrue(sentParameters("CreateKey").contains("{\"TagKey\":\"team\",\"TagValue\":\"jca\"}"));
        assertTrue(sentParameters("CreateAlias").contains("alias/mac"));
        assertEquals(key, TestKms.discovery(TestKms.provider()).getKey("alias/mac", null));
    }

    @Test
    void init_specOrSizeOfAnotherAlgorithm_isRefused() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("HmacSHA256", TestKms.provider());
        assertThrows(
                InvalidAlgorithmParameterException.class, () -> generator.init(KmsKeyGenParameterSpec.of("HMAC_512")));
        generator.init(256);
        assertThrows(InvalidParameterException.class, () -> generator.init(512));
    }

    @Test
    void generateKey_neitherCreateNorParameters_isRefused() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("HmacSHA256", TestKms.provider());
        assertThrows(ProviderException.class, generator::generateKey);
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void generateKey_programNamesNoProvider_makesAKeyInMemory() throws GeneralSecurityException {
        try (InstalledProvider first = InstalledProvider.first(TestKms.provider("create=true"))) {
            assertEquals(
                    "RAW", KeyGenerator.getInstance("HmacSHA256").generateKey().getFormat());
        }
        try (InstalledProvider last = InstalledProvider.last(TestKms.provider())) {
            assertEquals(
                    "RAW", KeyGenerator.getInstance("HmacSHA256").generateKey().getFormat());
        }
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void getInstance_firstInTheListAndProgramNamesTheProvider_isRefused() {
        try (InstalledProvider first = InstalledProvider.first(TestKms.provider())) {
            assertThrows(NoSuchAlgorithmException.class, () -> KeyGenerator.getInstance("HmacSHA256", "AWSKMS"));
        }
        assertEquals(List.of(), TestKms.operations());
    }
}

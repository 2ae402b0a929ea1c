package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.UnrecoverableEntryException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the ways to load a KeyStore, and the entries of a keystore file. */
// the variable in try(...) is not used: it only keeps a provider installed
@SuppressWarnings("try")
class KmsKeyStoreLoadTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey(P256));
    private static final X509Certificate ROOT = TestCertificates.selfSigned("root");

    /** A key with certificates, a key without certificates, and a trusted certificate. */
    private static final String ENTRIES = TestKms.entry("release", TestKms.arn(P256), LEAF)
            + TestCertificates.pem(ROOT)
            + "\nalias: bare\nkey: "
            + TestKms.arn(P256)
            + "\n\nalias: root\n"
            + TestCertificates.pem(ROOT);

    @TempDir
    private Path folder;

    private final Provider provider = TestKms.provider();

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @Test
    void aliasesAndGetKey_notLoaded_areRefused() throws KeyStoreException {
        KeyStore store = store();
        assertThrows(KeyStoreException.class, store::aliases);
        assertThrows(KeyStoreException.class, () -> store.getKey("release", null));
    }

    @Test
    void load_withoutStream_makesNoRequest() throws GeneralSecurityException, IOException {
        KeyStore store = store();
        store.load(null, null);
        store.load(null, "ignored".toCharArray());
        store.load((KeyStore.LoadStoreParameter) null);
        store.load(() -> null);
        store.load(KmsLoadStoreParameter.ofDiscovery());
        KeyStore built = KeyStore.Builder.newInstance(KmsProvider.NAME, provider, new KeyStore.PasswordProtection(null))
                .getKeyStore();
        assertEquals(TestKms.arn(P256), keyId(store, TestKms.arn(P256)));
        assertEquals(TestKms.arn(P256), keyId(built, TestKms.arn(P256)));
        // the only request is for the first getKey
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
    }

    @Test
    void load_file_hasOnlyTheEntriesOfTheFile() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertEquals(List.of("release", "bare", "root"), Collections.list(store.aliases()));
        assertEquals(3, store.size());
        assertFalse(store.containsAlias(TestKms.arn(P256)));
        assertFalse(store.containsAlias("Release"));
        assertNull(store.getKey(TestKms.arn(P256), null));
    }

    @Test
    void load_loadParameter_readsTheFileAndAppliesTheSettingsOfTheParameter()
            throws GeneralSecurityException, IOException {
        Path file = folder.resolve("release.awskms");
        Files.writeString(file, TestKms.fileText("regions: eu-west-2\n" + ENTRIES));
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(KmsLoadStoreParameter.ofFile(file).with("grant-tokens", "of-the-parameter"));
        TestKms.sign(
                Signature.getInstance("SHA256withECDSA", provider),
                (PrivateKey) store.getKey("release", null),
                new byte[0]);
        assertTrue(TestKms.requests("Sign").get(0).parameters().contains("of-the-parameter"));
    }

    @Test
    void load_fileAndProviderArgument_argumentWins() throws GeneralSecurityException {
        Provider configured = TestKms.provider("message=digest");
        KeyStore store = TestKms.file(configured, "message: raw\n" + ENTRIES);
        TestKms.sign(
                Signature.getInstance("SHA256withECDSA", configured),
                (PrivateKey) store.getKey("release", null),
                new byte[1]);
        assertTrue(TestKms.requests("Sign").get(0).parameters().contains("DIGEST"));
    }

    @Test
    void getInstance_keystoreFile_isRecognized() throws GeneralSecurityException, IOException {
        Path file = folder.resolve("release.awskms");
        Files.writeString(file, TestKms.fileText(ENTRIES));
        try (InstalledProvider installed = InstalledProvider.last(provider)) {
            KeyStore store = KeyStore.getInstance(file.toFile(), "ignored".toCharArray());
            assertEquals(KmsProvider.NAME, store.getType());
            assertEquals(TestKms.arn(P256), keyId(store, "release"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
    void load_keystoreOfAnotherType_namesTheType(String type) throws GeneralSecurityException, IOException {
        KeyStore other = KeyStore.getInstance(type);
        other.load(null, null);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        other.store(content, "secret".toCharArray());
        String name = type.equals("PKCS12") ? "PKCS #12 file" : type + " keystore";
        assertEquals(
                "keystore file is a " + name + ", not an AWSKMS keystore file; name an AWSKMS file, or use -storetype "
                        + type,
                loadFailure(content.toByteArray()));
    }

    @Test
    void load_certificateInDer_namesTheForm() throws GeneralSecurityException, IOException {
        assertEquals(
                "keystore file is a DER file, not an AWSKMS keystore file; put its certificates into a keystore file with"
                        + " 'kms-jca import'",
                loadFailure(TestCertificates.selfSigned("x").getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE"})
    void load_utf16_namesTheEncoding(String encoding) throws GeneralSecurityException, IOException {
        String text = encoding.equals("UTF-16LE") ? "\uFEFF" + TestKms.fileText(ENTRIES) : TestKms.fileText(ENTRIES);
        assertEquals(
                "keystore file, line 1: UTF-16 instead of UTF-8; save the file as UTF-8",
                loadFailure(text.getBytes(Charset.forName(encoding))));
    }

    private String loadFailure(byte[] content) throws KeyStoreException {
        KeyStore store = store();
        return String.valueOf(assertThrows(IOException.class, () -> store.load(new ByteArrayInputStream(content), null))
                .getMessage());
    }

    @Test
    void load_missingFile_throwsIoException() throws KeyStoreException {
        KeyStore store = store();
        assertThrows(
                IOException.class, () -> store.load(KmsLoadStoreParameter.ofFile(folder.resolve("missing.awskms"))));
    }

    @Test
    void configureAndLoad_wrongSetting_throwProviderException() throws KeyStoreException {
        KeyStore store = store();
        Provider wrong = new KmsProvider();
        assertThrows(SettingsException.class, () -> wrong.configure("regoin=us-east-1"));
        assertThrows(
                ProviderException.class,
                () -> store.load(KmsLoadStoreParameter.ofDiscovery()
                        .with("call-timeout", "1s")
                        .with("attempt-timeout", "2s")));
    }

    @Test
    void file_callsBeforeTheSignature_makeNoRequest() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        for (String alias : Collections.list(store.aliases())) {
            store.containsAlias(alias);
            store.isKeyEntry(alias);
            store.getCertificateChain(alias);
            store.getCertificate(alias);
            store.getCreationDate(alias);
            store.getCertificateAlias(LEAF);
        }
        PrivateKey key = (PrivateKey) store.getKey("release", null);
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        engine.initSign(key);
        assertEquals(List.of(), TestKms.operations());
        engine.sign();
        assertEquals(List.of("Sign"), TestKms.operations());
    }

    @Test
    void file_keyEntry_hasItsChainAndDate() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertArrayEquals(new Certificate[] {LEAF, ROOT}, store.getCertificateChain("release"));
        assertEquals(LEAF, store.getCertificate("release"));
        assertEquals(LEAF.getNotBefore(), store.getCreationDate("release"));
        assertEquals("release", store.getCertificateAlias(LEAF));
        assertTrue(store.isKeyEntry("release"));
        assertFalse(store.isCertificateEntry("release"));
    }

    @Test
    void file_trustedEntry_isACertificate() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertTrue(store.isCertificateEntry("root"));
        assertTrue(store.entryInstanceOf("root", KeyStore.TrustedCertificateEntry.class));
        assertNull(store.getKey("root", null));
        assertNull(store.getCertificateChain("root"));
        assertEquals(ROOT, store.getCertificate("root"));
        assertEquals(
                ROOT,
                assertInstanceOf(KeyStore.TrustedCertificateEntry.class, store.getEntry("root", null))
                        .getTrustedCertificate());
    }

    @Test
    void file_unknownAlias_isNull() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertNull(store.getKey("unknown", null));
        assertNull(store.getCertificate("unknown"));
        assertNull(store.getCertificateChain("unknown"));
        assertNull(store.getCreationDate("unknown"));
        assertNull(store.getEntry("unknown", null));
        assertFalse(store.isKeyEntry("unknown"));
        assertFalse(store.isCertificateEntry("unknown"));
        assertFalse(store.entryInstanceOf("unknown", KeyStore.PrivateKeyEntry.class));
    }

    /**
     * By default, the JCA treats a key without certificates as a SecretKeyEntry. Then keytool -list of Java 25 would
     * stop at this entry with a ClassCastException.
     */
    @Test
    void entryInstanceOf_keyWithoutCertificate_isPrivateKeyEntry() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertTrue(store.entryInstanceOf("bare", KeyStore.PrivateKeyEntry.class));
        assertFalse(store.entryInstanceOf("bare", KeyStore.SecretKeyEntry.class));
        assertNull(store.getCertificateChain("bare"));
    }

    @Test
    void getEntry_anyProtection_isIgnored() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        for (KeyStore.ProtectionParameter protection : new KeyStore.ProtectionParameter[] {
            null,
            new KeyStore.PasswordProtection(null),
            new KeyStore.PasswordProtection("any".toCharArray()),
            new KeyStore.CallbackHandlerProtection(callbacks -> {})
        }) {
            KeyStore.PrivateKeyEntry entry =
                    assertInstanceOf(KeyStore.PrivateKeyEntry.class, store.getEntry("release", protection));
            assertArrayEquals(new Certificate[] {LEAF, ROOT}, entry.getCertificateChain());
        }
    }

    /**
     * Without a protection, the exception is a KeyStoreException. keytool passes no protection, and would ask for a
     * password after an UnrecoverableEntryException.
     */
    @Test
    void getEntry_keyWithoutCertificate_errorNamesTheRemedy() {
        KeyStore store = TestKms.file(provider, ENTRIES);
        String text = "entry 'bare' has a key but no certificate; add one to the keystore file or to the setting"
                + " certificates, or make a new entry with keytool -genkeypair and the setting adopt";
        assertEquals(
                text,
                assertThrows(KeyStoreException.class, () -> store.getEntry("bare", null))
                        .getMessage());
        assertEquals(
                text,
                assertThrows(
                                UnrecoverableEntryException.class,
                                () -> store.getEntry("bare", new KeyStore.PasswordProtection(null)))
                        .getMessage());
        assertEquals(List.of("GetPublicKey"), TestKms.operations(), "only KMS knows that the key is not a secret key");
    }

    @Test
    void file_unorderedOrIncompleteChain_isOrderedAndCompleted() throws GeneralSecurityException {
        Party root = Party.ec("root");
        Party ca = Party.ec("ca");
        X509Certificate rootCertificate = TestCertificates.issue(root, root);
        X509Certificate caCertificate = TestCertificates.issue(ca, root);
        X509Certificate leaf =
                TestCertificates.issue(new Party("CN=leaf", new KeyPair(TestKms.publicKey("RSA_2048"), null)), ca);
        KeyStore store = TestKms.file(
                provider,
                "\nalias: reversed\nkey: " + TestKms.arn("RSA_2048") + "\n" + TestCertificates.pem(caCertificate)
                        + TestCertificates.pem(leaf) + "\nalias: short\nkey: " + TestKms.arn("RSA_2048") + "\n"
                        + TestCertificates.pem(leaf) + "\nalias: root\n" + TestCertificates.pem(rootCertificate));
        Certificate[] chain = {leaf, caCertificate, rootCertificate};
        assertArrayEquals(chain, store.getCertificateChain("reversed"));
        assertArrayEquals(chain, store.getCertificateChain("short"));
        assertEquals(TestKms.publicKey("RSA_2048"), TestKms.publicKey((PrivateKey) store.getKey("reversed", null)));
        assertEquals(rootCertificate, store.getCertificate("root"));
        assertNull(store.getCertificateChain("root"));
    }

    @Test
    void file_keyWithoutCertificate_usesTheChainOfTheSetting() throws GeneralSecurityException, IOException {
        X509Certificate certificate = TestKms.certificate(TestKms.publicKey("RSA_2048"));
        Files.writeString(folder.resolve("chains.pem"), TestCertificates.pem(certificate));
        Path file = Files.writeString(
                folder.resolve("release.awskms"),
                TestKms.fileText("certificates: chains.pem\n\nalias: bare\nkey: " + TestKms.arn("RSA_2048") + "\n"));
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, TestKms.provider());
        store.load(KmsLoadStoreParameter.ofFile(file));
        assertArrayEquals(new Certificate[] {certificate}, store.getCertificateChain("bare"));
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("bare", null);
        assertEquals(certificate, entry.getCertificate());
    }

    @Test
    void getKey_withoutCertificate_requestsThePublicKeyOnce() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertEquals(TestKms.arn(P256), keyId(store, "bare"));
        assertEquals(TestKms.arn(P256), keyId(store, "bare"));
        assertEquals(List.of("GetPublicKey"), TestKms.operations());
    }

    @Test
    void getKey_certificateOfADsaKey_isRefused() throws GeneralSecurityException {
        KeyStore store = TestKms.file(
                provider,
                TestKms.entry(
                        "old",
                        TestKms.arn(P256),
                        TestKms.certificate(
                                TestCertificates.Party.of("old", "DSA").keys().getPublic())));
        assertEquals(
                "the certificate for key " + TestKms.arn(P256)
                        + " contains a public key (DSA) that no KMS key can have;"
                        + " import the certificate of this KMS key",
                assertThrows(ProviderException.class, () -> store.getKey("old", null))
                        .getMessage());
    }

    @Test
    void creationDate_keyWithoutCertificate_isNull() throws GeneralSecurityException {
        assertNull(TestKms.file(provider, ENTRIES).getCreationDate("bare"));
    }

    private KeyStore store() throws KeyStoreException {
        return KeyStore.getInstance(KmsProvider.NAME, provider);
    }

    private static String keyId(KeyStore store, String alias) throws GeneralSecurityException {
        return ((KmsKey) store.getKey(alias, null)).keyId();
    }
}

package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.SettingsException;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests changing the entries of a KeyStore, and storing them. */
class KmsKeyStoreEditTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final PrivateKey KEY = TestKms.key(P256);
    private static final X509Certificate LEAF = TestKms.certificate(TestKms.publicKey(P256));
    private static final X509Certificate ROOT = TestCertificates.selfSigned("root");
    private static final Certificate[] CHAIN = {LEAF, ROOT};

    @TempDir
    private Path folder;

    private final Provider provider = TestKms.provider();

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @Test
    void setKeyEntry_storedAndLoadedAgain_isAnEntry() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(provider, "");
        store.setKeyEntry("release", KEY, null, CHAIN);
        KeyStore again = reloaded(store);
        assertEquals(TestKms.arn(P256), ((KmsKey) again.getKey("release", null)).keyId());
        assertArrayEquals(CHAIN, again.getCertificateChain("release"));
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void setKeyEntry_keyInMemory_errorNamesTheKeytoolOptions() {
        KeyStore store = TestKms.file(provider, "");
        PrivateKey foreign = TestCertificates.Party.ec("foreign").keys().getPrivate();
        assertEquals(
                "the key for entry 'release' is not in KMS, and this store keeps no keys; with"
                        + " keytool -genkeypair, use -providername AWSKMS, the setting adopt or create=true, and a"
                        + " -keyalg that KMS has, such as RSA or EC; if java.security lists AWSKMS before the JDK's"
                        + " providers, put it last",
                assertThrows(KeyStoreException.class, () -> store.setKeyEntry("release", foreign, null, CHAIN))
                        .getMessage());
    }

    @Test
    void setKeyEntry_encodedKeyOrSecretKeyInMemory_isRefused() {
        KeyStore store = TestKms.file(provider, "");
        assertThrows(KeyStoreException.class, () -> store.setKeyEntry("a", new byte[10], CHAIN));
        assertThrows(
                KeyStoreException.class,
                () -> store.setKeyEntry("a", new SecretKeySpec(new byte[16], "AES"), null, null));
        assertThrows(
                KeyStoreException.class,
                () -> store.setEntry("a", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")), null));
    }

    @Test
    void setKeyEntry_certificateOfAnotherKey_errorNamesTheRemedy() {
        KeyStore store = TestKms.file(provider, "");
        X509Certificate wrong = TestCertificates.selfSigned("wrong");
        assertEquals(
                "the certificate for entry 'release' (CN=wrong) does not belong to " + KEY
                        + "; ask the CA for a certificate of this key, with a request signed by this key",
                assertThrows(
                                KeyStoreException.class,
                                () -> store.setKeyEntry("release", KEY, null, new Certificate[] {wrong}))
                        .getMessage());
    }

    @Test
    void setKeyEntry_tooManyCertificates_errorNamesTheEntryOnce() {
        KeyStore store = TestKms.discovery(provider);
        Certificate[] chain = Collections.nCopies(21, LEAF).toArray(Certificate[]::new);
        assertEquals(
                "entry 'a' has more than 20 certificates; keep only the certificates of its chain",
                assertThrows(KeyStoreException.class, () -> store.setKeyEntry("a", KEY, null, chain))
                        .getMessage());
    }

    @Test
    void setKeyEntry_aliasThatIsNotAllowed_isRefused() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(provider, "");
        for (String alias : List.of("", " a", "a\nkey: b")) {
            assertThrows(KeyStoreException.class, () -> store.setKeyEntry(alias, KEY, null, CHAIN));
        }
        assertEquals(0, reloaded(store).size());
    }

    @Test
    void setEntry_withoutOrWithProtection_isStored() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(provider, "");
        store.setEntry("release", new KeyStore.PrivateKeyEntry(KEY, CHAIN), null);
        store.setEntry(
                "root", new KeyStore.TrustedCertificateEntry(ROOT), new KeyStore.PasswordProtection(new char[0]));
        assertEquals(
                List.of("release", "root"), Collections.list(reloaded(store).aliases()));
    }

    @Test
    void setCertificateEntry_aliasOfAKey_isRefused() throws GeneralSecurityException {
        KeyStore store = TestKms.file(provider, "");
        store.setKeyEntry("release", KEY, null, CHAIN);
        assertThrows(KeyStoreException.class, () -> store.setCertificateEntry("release", ROOT));
    }

    @Test
    void deleteEntry_storedAndLoadedAgain_isGone() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(provider, TestKms.entry("release", TestKms.arn(P256), LEAF));
        store.deleteEntry("release");
        assertEquals(0, reloaded(store).size());
        assertEquals(List.of(), TestKms.operations());
    }

    /** PKCS #12 keystores behave in the same way. */
    @Test
    void deleteEntry_unknown_doesNothing() throws KeyStoreException {
        KeyStore store = TestKms.file(provider, "");
        store.deleteEntry("unknown");
        assertEquals(0, store.size());
    }

    @Test
    void getCertificateAlias_null_isNull() throws KeyStoreException {
        assertNull(TestKms.file(provider, "").getCertificateAlias(null));
    }

    /** A program may copy an entry of another KeyStore to a new KeyStore. */
    @Test
    void setKeyEntry_firstCallOnAStoreWithoutFile_isTheOnlyEntry() throws Exception {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(null, null);
        TestKms.emulator().requests().clear();
        store.setKeyEntry("code", KEY, new char[0], new Certificate[] {LEAF});
        assertEquals(List.of("code"), Collections.list(store.aliases()));
        assertFalse(store.containsAlias(TestKms.arn(P256)));
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void setKeyEntry_afterAnotherCall_isAddedToTheDiscoveredEntries() throws Exception {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(null, null);
        int discovered = store.size();
        store.setKeyEntry("code", KEY, null, new Certificate[] {LEAF});
        assertEquals(discovered + 1, store.size());
    }

    @Test
    void deleteEntry_discoveredKey_errorNamesTheSettingAndTheCommand() {
        assertEquals(
                "entry 'alias/release' is a key in KMS, not an entry of a file; to hide it, use the setting keys;"
                        + " to delete its alias, use 'aws kms delete-alias'",
                assertThrows(
                                KeyStoreException.class,
                                () -> TestKms.discovery(provider).deleteEntry("alias/release"))
                        .getMessage());
    }

    /** The calls of keytool -changealias. */
    @Test
    void setEntryAndDeleteEntry_asForChangealias_keepKeyAndChain() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(provider, TestKms.entry("old", TestKms.arn(P256), LEAF));
        store.setEntry("new", store.getEntry("old", null), null);
        store.deleteEntry("old");
        KeyStore again = reloaded(store);
        assertEquals(List.of("new"), Collections.list(again.aliases()));
        assertEquals(TestKms.arn(P256), ((KmsKey) again.getKey("new", null)).keyId());
        assertEquals(LEAF, again.getCertificate("new"));
    }

    @Test
    void store_unchanged_writesTheSameBytes() throws GeneralSecurityException, IOException {
        String text = "# a comment\n" + TestKms.entry("release", TestKms.arn(P256), LEAF) + "# the end";
        assertEquals(TestKms.fileText(text), stored(TestKms.file(provider, text)));
    }

    /** With {@code -keystore NONE}, keytool saves with such a call: it passes no stream. */
    @Test
    void store_nullAndNoChanges_doesNothing() {
        assertDoesNotThrow(() -> TestKms.discovery(provider).store(null, null));
        assertDoesNotThrow(() -> TestKms.discovery(provider).store((KeyStore.LoadStoreParameter) null));
        assertDoesNotThrow(() -> TestKms.file(provider, "").store(null, null));
    }

    @Test
    void store_nullAndUnsavedChanges_throwsIoException() throws GeneralSecurityException {
        KeyStore store = TestKms.discovery(provider);
        store.setKeyEntry("release", KEY, null, CHAIN);
        assertEquals(
                "without a keystore file, entry 'release' of key " + ((KmsKey) KEY).keyId()
                        + " cannot be saved; use -keystore FILE instead of NONE (in a program, pass a stream to store),"
                        + " or set certificate-tags=write to keep certificates in the tags of the keys",
                assertThrows(IOException.class, () -> store.store(null, null)).getMessage());
        assertThrows(IOException.class, () -> store.store((KeyStore.LoadStoreParameter) null));
    }

    /** The tags of keys cannot keep the changes of a keystore file, even if certificate-tags=write is set. */
    @Test
    void store_nullAndUnsavedChangesOfAFile_errorAsksForTheFile() throws GeneralSecurityException {
        KeyStore store = TestKms.file(TestKms.provider("certificate-tags=write"), "");
        store.setKeyEntry("release", KEY, null, CHAIN);
        assertEquals(
                "this store was loaded from a keystore file or saved to one, so its changes cannot be saved without a"
                        + " file; pass a stream or KmsLoadStoreParameter.ofFile to store",
                assertThrows(IOException.class, () -> store.store(null, null)).getMessage());
    }

    @Test
    void store_nullAfterSavedChanges_doesNothing() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.file(provider, "");
        store.setKeyEntry("release", KEY, null, CHAIN);
        stored(store);
        assertDoesNotThrow(() -> store.store(null, null));
        store.deleteEntry("release");
        store.store(KmsLoadStoreParameter.ofFile(folder.resolve("saved.awskms")));
        assertDoesNotThrow(() -> store.store((KeyStore.LoadStoreParameter) null));
    }

    @Test
    void store_discoveryWithAddedEntry_writesOnlyTheAddedEntry() throws GeneralSecurityException, IOException {
        KeyStore store = TestKms.discovery(provider);
        store.setKeyEntry("release", KEY, null, CHAIN);
        assertEquals(LEAF, store.getCertificate("release"));
        KeyStore again = reloaded(store);
        assertEquals(List.of("release"), Collections.list(again.aliases()));
    }

    @Test
    void store_loadParameter_writesTheFileAndKeepsItsComments() throws GeneralSecurityException, IOException {
        Path file = folder.resolve("release.awskms");
        Files.writeString(file, TestKms.fileText("# keep me\n"));
        KmsLoadStoreParameter parameter = KmsLoadStoreParameter.ofFile(file);
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(parameter);
        store.setCertificateEntry("root", ROOT);
        store.store(parameter);
        String text = Files.readString(file);
        assertTrue(text.startsWith(TestKms.fileText("# keep me\n")), text);
        assertTrue(text.contains("alias: root"), text);
    }

    @Test
    void store_fails_theChangesStayUnsaved() throws GeneralSecurityException, IOException {
        Path missing = folder.resolve("missing").resolve("release.awskms");
        KeyStore store = TestKms.file(provider, "");
        store.setCertificateEntry("root", ROOT);
        assertThrows(IOException.class, () -> store.store(KmsLoadStoreParameter.ofFile(missing)));
        assertFalse(Files.exists(missing));
        assertThrows(IOException.class, () -> store.store(null, null));
    }

    @Test
    void setCertificateEntry_manyThreads_keepsAllEntries() throws Exception {
        KeyStore store = TestKms.file(provider, "");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> edits = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String alias = "root-" + i;
                edits.add(threads.submit(() -> {
                    store.setCertificateEntry(alias, ROOT);
                    return null;
                }));
            }
            for (Future<?> edit : edits) {
                edit.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(200, store.size());
    }

    private KeyStore reloaded(KeyStore store) throws GeneralSecurityException, IOException {
        KeyStore again = KeyStore.getInstance(KmsProvider.NAME, provider);
        again.load(new ByteArrayInputStream(stored(store).getBytes(StandardCharsets.UTF_8)), null);
        return again;
    }

    private static String stored(KeyStore store) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, "ignored".toCharArray());
        return out.toString(StandardCharsets.UTF_8);
    }

    /** If the provider did not refuse the entry, a program could save a file that it can never load again. */
    @Test
    void setKeyEntry_keyThatTheOperatorDoesNotAllow_isRefused() throws Exception {
        Provider restricted = TestKms.provider("accounts=999999999999");
        KeyStore store = TestKms.discovery(restricted);
        PrivateKey key = TestKms.key(restricted, TestKms.arn(P256));
        X509Certificate[] chain = {LEAF};
        assertEquals(
                "entry 'a': the setting accounts=999999999999 does not allow account 111122223333 in keystore files;"
                        + " name another key, or add 111122223333 to the setting",
                assertThrows(SettingsException.class, () -> store.setKeyEntry("a", key, null, chain))
                        .getMessage());
    }
}

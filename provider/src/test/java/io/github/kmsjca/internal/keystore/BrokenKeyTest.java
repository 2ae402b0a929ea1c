package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests keys that cannot be used, and aliases that KMS does not know. A caller that tries all keys skips the unusable
 * keys. A caller that wants an unusable key gets an exception. The other keys still work.
 */
class BrokenKeyTest {
    @AutoClose
    private static final Account ACCOUNT = Account.open();

    private static final String RELEASE = ACCOUNT.emulator().createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
    private static final String BROKEN = ACCOUNT.emulator().createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/other/1");
    private static final X509Certificate CERTIFICATE =
            TestKms.certificate(TestKms.publicKey(TestKms.key(ACCOUNT.provider(), RELEASE)));

    private static final int THREADS = 4;

    @TempDir
    private Path folder;

    @BeforeEach
    void reset() {
        ACCOUNT.reset();
    }

    @Test
    void brokenKey_doesNotAffectTheOtherKeys() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery("attempts=1");
        ACCOUNT.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(BROKEN).always().accessDenied());
        assertThrows(KmsException.class, () -> store.getKey(BROKEN, null));
        assertEquals(RELEASE, keyId(store, "alias/release"));
        assertEquals(2, store.size());
    }

    /** The reasons: access is denied, the key is disabled or unavailable, or its key spec is unknown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDeniedException",
                "DisabledException",
                "KMSInvalidStateException",
                "KeyUnavailableException",
                "ECC_OF_THE_FUTURE"
            })
    void brokenKey_anyReason_isListedAndReportedAndOtherKeysWork(String reason) throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery("attempts=1");
        Fault.Match broken = Fault.on("GetPublicKey").key(BROKEN).always();
        boolean isUnknownSpec = reason.equals("ECC_OF_THE_FUTURE");
        ACCOUNT.emulator()
                .faults()
                .add(
                        isUnknownSpec
                                ? broken.rewrite(body -> body.replace("ECC_NIST_P256", reason))
                                : broken.error(reason, 400, null));
        assertTrue(Collections.list(store.aliases()).containsAll(List.of("alias/release", "alias/other/1")));
        String text = String.valueOf(assertThrows(
                        KmsException.class,
                        () -> ACCOUNT.discovery("attempts=1").getKey(BROKEN, null))
                .getMessage());
        assertTrue(text.contains(reason) && text.contains(BROKEN), text);
        assertEquals(RELEASE, keyId(ACCOUNT.discovery("attempts=1"), "alias/release"));
    }

    /** SunX509 requests all keys when it is created. PKIX requests all chains in each handshake. */
    @ParameterizedTest
    @ValueSource(strings = {"SunX509", "PKIX"})
    void brokenKey_keyManager_choosesTheOtherKey(String factory) throws GeneralSecurityException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates(), "attempts=1", "key.a=" + BROKEN, "key.b=" + RELEASE);
        ACCOUNT.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(BROKEN).always().accessDenied());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(factory);
        managers.init(store, null);
        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) managers.getKeyManagers()[0];
        String alias = manager.chooseEngineServerAlias("EC", null, null);
        assertEquals(RELEASE, ((KmsKey) manager.getPrivateKey(alias)).keyId());
    }

    @Test
    void allKeysBroken_keyRequestedByName_fails() throws KeyStoreException, IOException {
        KeyStore store = ACCOUNT.discovery(certificates(), "attempts=1");
        ACCOUNT.emulator().faults().add(Fault.on("GetPublicKey").always().accessDenied());
        // a caller that tries one key may still want another one
        store.isKeyEntry("alias/other/1");
        assertThrows(KmsException.class, () -> store.getKey("alias/release", null));
        assertThrows(KmsException.class, () -> store.getEntry("alias/release", null));
    }

    /** A TLS server has one store for all connections, and tries all its keys for each connection. */
    @Test
    void brokenKey_manyThreads_eachRequestsItAtMostOnceAndFindsTheOtherKey() throws Exception {
        KeyStore store = ACCOUNT.discovery(certificates(), "attempts=1", "key.a=" + BROKEN, "key.b=" + RELEASE);
        ACCOUNT.emulator()
                .faults()
                .add(Fault.on("GetPublicKey").key(BROKEN).always().accessDenied());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Boolean>> found = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            found.add(threads.submit(() -> {
                boolean brokenKeyHasNoChain = store.isKeyEntry("a") && store.getCertificateChain("a") == null;
                return brokenKeyHasNoChain && store.isKeyEntry("b") && store.getCertificateChain("b") != null;
            }));
        }
        for (Future<Boolean> result : found) {
            assertTrue(result.get());
        }
        threads.shutdown();
        // one request for the other key, and at most one by each thread for the broken key
        assertTrue(
                ACCOUNT.operations().size() <= 1 + THREADS,
                () -> ACCOUNT.operations().toString());
    }

    /** The call of isKeyEntry lets only the next getKey skip a key that cannot be used. */
    @Test
    void getKey_afterFailedRequests_failsAgain() throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery("attempts=1");
        // one error for isKeyEntry, and one for each getKey
        ACCOUNT.emulator().faults().add(Fault.on("GetPublicKey").error("KMSInternalException", 500, null));
        ACCOUNT.emulator().faults().add(Fault.on("GetPublicKey").error("KMSInternalException", 500, null));
        ACCOUNT.emulator().faults().add(Fault.on("GetPublicKey").accessDenied());
        assertTrue(store.isKeyEntry("alias/release"));
        assertThrows(KmsException.class, () -> store.getKey("alias/release", null));
        assertThrows(KmsException.class, () -> store.getKey("alias/release", null));
    }

    @Test
    void getKey_kmsIsDown_fails() throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery("attempts=1");
        ACCOUNT.emulator().faults().add(Fault.on("GetPublicKey").always().error("KMSInternalException", 500, null));
        assertTrue(store.isKeyEntry("alias/release"));
        assertThrows(KmsException.class, () -> store.getKey("alias/release", null));
    }

    @Test
    void unknownAlias_isNoEntryAndCostsOneRequest() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        for (int i = 0; i < 2; i++) {
            assertFalse(store.containsAlias("alias/typo"));
            assertFalse(store.isKeyEntry("alias/typo"));
            assertFalse(store.entryInstanceOf("alias/typo", KeyStore.PrivateKeyEntry.class));
            assertNull(store.getKey("alias/typo", null));
            assertNull(store.getEntry("alias/typo", null));
        }
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    @Test
    void getKey_unknownAlias_isNullAndRemembered() throws GeneralSecurityException {
        KeyStore store = ACCOUNT.discovery();
        assertNull(store.getKey("alias/typo", null));
        assertFalse(store.containsAlias("alias/typo"));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    /** jarsigner prints this text. */
    @Test
    void getCertificateChain_unknownAlias_reportsNotFound() throws IOException {
        KeyStore store = ACCOUNT.discovery(certificates());
        String text = String.valueOf(assertThrows(KmsException.class, () -> store.getCertificateChain("alias/typo"))
                .getMessage());
        assertTrue(
                text.startsWith("KMS GetPublicKey for key alias/typo failed: NotFoundException (Alias"
                        + " arn:aws:kms:us-east-1:111122223333:alias/typo is not found)"),
                text);
    }

    /** A caller without permission to see a key can have permission to sign with it. */
    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "ThrottlingException", "KMSInternalException"})
    void containsAlias_kmsRefusesOrFails_isTrueAndCostsOneRequest(String code) throws KeyStoreException {
        KeyStore store = ACCOUNT.discovery("attempts=1");
        ACCOUNT.emulator().faults().add(Fault.on("GetPublicKey").always().error(code, 400, null));
        assertTrue(store.containsAlias("alias/release"));
        assertTrue(store.isKeyEntry("alias/release"));
        assertTrue(store.containsAlias("alias/release"));
        assertEquals(List.of("GetPublicKey"), ACCOUNT.operations());
    }

    private String certificates() throws IOException {
        Path file = folder.resolve("chain.pem");
        Files.writeString(file, TestCertificates.pem(CERTIFICATE));
        return "certificates=" + file;
    }

    private static String keyId(KeyStore store, String alias) throws GeneralSecurityException {
        return ((KmsKey) store.getKey(alias, null)).keyId();
    }
}

package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestKms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the setting {@code certificate-tags}, which lets a KeyStore without a file keep certificates in the tags of the
 * keys.
 */
class TagStoreTest {
    private static final Party CA = Party.ec("ca");
    private static final X509Certificate CA_CERTIFICATE = TestCertificates.issue(CA, CA);

    private final String alias = "alias/" + UUID.randomUUID();
    private final String arn = TestKms.emulator().createKey("ECC_NIST_P256", "SIGN_VERIFY", alias);
    private final PublicKey publicKey = TestKms.publicKey(TestKms.key(TestKms.provider(), arn));
    private final Certificate[] chain = {
        TestCertificates.issue(new Party("CN=leaf", new KeyPair(publicKey, null)), CA), CA_CERTIFICATE
    };

    @BeforeEach
    void reset() {
        TestKms.reset();
    }

    @Test
    void store_chain_isFoundWithoutAFile() throws Exception {
        write(chain);
        assertEquals(List.of("GetPublicKey", "ListResourceTags", "TagResource"), TestKms.operations());
        TestKms.reset();
        KeyStore store = store("read");
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry(alias, null);
        assertArrayEquals(chain, entry.getCertificateChain());
        assertArrayEquals(chain, store.getCertificateChain(alias));
        assertEquals(List.of("GetPublicKey", "ListResourceTags"), TestKms.operations());
    }

    /** The KeyStore methods that keytool -certreq calls, in order. */
    @Test
    void getCertificate_afterTheKey_isReturned() throws Exception {
        write(chain);
        KeyStore store = store("read");
        assertTrue(store.containsAlias(alias));
        assertTrue(store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class));
        assertTrue(store.getKey(alias, null) instanceof KmsKey);
        assertEquals(chain[0], store.getCertificate(alias));
    }

    @Test
    void store_shorterChain_removesTheOldPieces() throws Exception {
        write(chain);
        TestKms.reset();
        write(chain[0]);
        assertEquals(List.of("GetPublicKey", "ListResourceTags", "TagResource", "UntagResource"), TestKms.operations());
        assertArrayEquals(new Certificate[] {chain[0]}, store("read").getCertificateChain(alias));
    }

    @Test
    void deleteEntry_removesTheCertificatesAndKeepsTheKey() throws Exception {
        write(chain);
        KeyStore store = store("write");
        store.deleteEntry(alias);
        store.store(null, null);
        assertNull(store.getCertificateChain(alias));
        assertNull(store("read").getCertificateChain(alias));
        assertEquals(arn, ((KmsKey) store("read").getKey(alias, null)).keyId());
        assertEquals(List.of(), TestKms.requests("ScheduleKeyDeletion"));
    }

    @Test
    void getCertificateChain_settingUnset_makesNoRequest() throws Exception {
        write(chain);
        TestKms.reset();
        assertNull(TestKms.discovery(TestKms.provider()).getCertificateChain(alias));
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void read_certificateInAFile_isUsedInsteadOfTheTags(@TempDir Path folder) throws Exception {
        write(chain);
        X509Certificate newer = TestCertificates.issue(
                new Party("CN=leaf", new KeyPair(publicKey, null)),
                CA,
                ((X509Certificate) chain[0]).getNotBefore().toInstant().plus(Duration.ofHours(1)),
                Duration.ofDays(30));
        Path file = Files.writeString(folder.resolve("newer.pem"), TestCertificates.pem(newer));
        KeyStore store = TestKms.discovery(TestKms.provider("certificate-tags=read", "certificates=" + file));
        assertArrayEquals(new Certificate[] {newer}, store.getCertificateChain(alias));
    }

    @Test
    void read_withoutPermission_namesThePermission() throws Exception {
        TestKms.emulator().faults().add(Fault.on("ListResourceTags").always().accessDenied());
        KeyStore store = store("read");
        String text = String.valueOf(assertThrows(KmsException.class, () -> store.getCertificateChain(alias))
                .getMessage());
        assertTrue(text.contains("kms:ListResourceTags"), text);
    }

    /** For each alias, SunX509 calls isKeyEntry, getKey and getCertificateChain. */
    @Test
    void read_withoutPermissionForOneKey_keyManagerUsesTheOthers() throws Exception {
        write(chain);
        String other = TestKms.emulator().createKey("ECC_NIST_P256");
        KeyStore store = TestKms.discovery(
                TestKms.provider("certificate-tags=read", "attempts=1", "key.a=" + other, "key.b=" + arn));
        TestKms.emulator()
                .faults()
                .add(Fault.on("ListResourceTags").key(other).always().accessDenied());
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(store, null);
        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) managers.getKeyManagers()[0];
        String chosen = manager.chooseEngineServerAlias("EC", null, null);
        assertEquals(arn, ((KmsKey) manager.getPrivateKey(chosen)).keyId());
        // a caller that does not try all keys gets the error
        assertThrows(KmsException.class, () -> store.getEntry("a", null));
    }

    /**
     * A program also loads a KeyStore without a stream to create a new keystore file. The file accepts any alias, with
     * any value of certificate-tags.
     */
    @Test
    void store_toAFileInModeWrite_acceptsAnyAliasAndTrustedCertificates() throws Exception {
        KeyStore store = store("write");
        store.setKeyEntry("release", store.getKey(alias, null), null, chain);
        store.setCertificateEntry("ca", CA_CERTIFICATE);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, null);
        KeyStore again = KeyStore.getInstance("AWSKMS", TestKms.provider());
        again.load(new ByteArrayInputStream(file.toByteArray()), null);
        assertArrayEquals(chain, again.getCertificateChain("release"));
        assertEquals(CA_CERTIFICATE, again.getCertificate("ca"));
        assertEquals(List.of(), TestKms.requests("TagResource"));
    }

    @Test
    void store_modeRead_errorNamesTheSetting() throws Exception {
        KeyStore store = store("read");
        store.setKeyEntry(alias, store.getKey(alias, null), null, chain);
        String text = String.valueOf(
                assertThrows(IOException.class, () -> store.store(null, null)).getMessage());
        assertTrue(text.endsWith("set certificate-tags=write to keep certificates in the tags of the keys"), text);
        assertEquals(List.of(), TestKms.requests("TagResource"));
    }

    @Test
    void store_entryNameThatDiscoveryDoesNotFind_isRefusedBeforeAnyWrite() throws Exception {
        KeyStore store = store("write");
        Key key = store.getKey(alias, null);
        store.setKeyEntry(alias, key, null, chain);
        store.setKeyEntry("release", key, null, chain);
        assertEquals(
                "the entry name 'release' does not lead to key " + arn
                        + ", so the certificates in the key's tags would not be found; name the entry after an alias of"
                        + " the key (alias/NAME), or set key.release=" + arn,
                assertThrows(IOException.class, () -> store.store(null, null)).getMessage());
        assertEquals(List.of(), TestKms.requests("TagResource"));
        KeyStore named = TestKms.discovery(TestKms.provider("certificate-tags=write", "key.release=" + arn));
        named.setKeyEntry("release", key, null, chain);
        named.store(null, null);
        assertArrayEquals(chain, store("read").getCertificateChain(alias));
    }

    @Test
    void store_trustedCertificate_isRefused() throws Exception {
        KeyStore store = store("write");
        store.setCertificateEntry("ca", CA_CERTIFICATE);
        assertEquals(
                "trusted certificate 'ca' has no key whose tags could keep it; use a keystore file",
                assertThrows(IOException.class, () -> store.store(null, null)).getMessage());
    }

    /** Writes certificates to the tags of the key. */
    private void write(Certificate... certificates) throws Exception {
        KeyStore store = store("write");
        store.setKeyEntry(alias, store.getKey(alias, null), null, certificates);
        store.store(null, null);
    }

    /** Returns a KeyStore with {@code certificate-tags} set to read or write. */
    private static KeyStore store(String mode) {
        return TestKms.discovery(TestKms.provider("certificate-tags=" + mode));
    }
}

package io.github.kmsjca.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.keystore.TestCertificates.Party;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A KeyStore without file that keeps certificates in the tags of the keys. */
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
    void store_chain_isThereForWhoeverHasNoFile() throws Exception {
        write(chain);
        assertEquals(List.of("GetPublicKey", "ListResourceTags", "TagResource"), TestKms.operations());
        TestKms.reset();
        KeyStore bare = store("read");
        KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) bare.getEntry(alias, null);
        assertArrayEquals(chain, entry.getCertificateChain());
        assertArrayEquals(chain, bare.getCertificateChain(alias));
        assertEquals(List.of("GetPublicKey", "ListResourceTags"), TestKms.operations());
    }

    /** The order of keytool -certreq. */
    @Test
    void getCertificate_afterTheKey_isAnswered() throws Exception {
        write(chain);
        KeyStore bare = store("read");
        assertTrue(bare.containsAlias(alias));
        assertTrue(bare.getKey(alias, null) instanceof KmsKey);
        assertEquals(chain[0], bare.getCertificate(alias));
    }

    @Test
    void store_shorterChain_leavesNoPieceOfTheOld() throws Exception {
        write(chain);
        TestKms.reset();
        write(chain[0]);
        assertEquals(List.of("GetPublicKey", "ListResourceTags", "TagResource", "UntagResource"), TestKms.operations());
        assertArrayEquals(new Certificate[] {chain[0]}, store("read").getCertificateChain(alias));
    }

    @Test
    void deleteEntry_takesTheCertificatesAwayAndLeavesTheKey() throws Exception {
        write(chain);
        KeyStore store = store("write");
        store.deleteEntry(alias);
        store.store(null, null);
        assertNull(store.getCertificateChain(alias));
        assertNull(store("read").getCertificateChain(alias));
        assertEquals(arn, ((KmsKey) store("read").getKey(alias, null)).keyId());
        assertEquals(
                List.of(),
                TestKms.requests("ScheduleKeyDeletion").stream()
                        .map(LoggedRequest::operation)
                        .toList());
    }

    @Test
    void ignore_asksForNoTags() throws Exception {
        write(chain);
        TestKms.reset();
        assertNull(TestKms.discovery(TestKms.provider()).getCertificateChain(alias));
        assertEquals(List.of(), TestKms.operations());
    }

    @Test
    void read_newerCertificateInAFile_wins(@TempDir Path folder) throws Exception {
        write(chain);
        X509Certificate newer = TestCertificates.issue(
                new Party("CN=leaf", new KeyPair(publicKey, null)),
                CA,
                ((X509Certificate) chain[0]).getNotBefore().toInstant().plus(Duration.ofHours(1)),
                Duration.ofDays(30));
        Path file = Files.writeString(folder.resolve("newer.pem"), TestCertificates.pem(newer));
        KeyStore store = TestKms.discovery(TestKms.provider("certificate-tags=read", "certificates=" + file));
        assertArrayEquals(new Certificate[] {newer, CA_CERTIFICATE}, store.getCertificateChain(alias));
    }

    @Test
    void read_withoutPermission_isSaidWithThePermission() throws Exception {
        TestKms.emulator().faults().add(Fault.on("ListResourceTags").always().accessDenied());
        KeyStore store = store("read");
        String text = String.valueOf(assertThrows(KmsException.class, () -> store.getCertificateChain(alias))
                .getMessage());
        assertTrue(text.contains("kms:ListResourceTags"), text);
    }

    @Test
    void read_store_isRefusedWithTheSetting() throws Exception {
        KeyStore store = store("read");
        store.setKeyEntry(alias, store.getKey(alias, null), null, chain);
        String text = String.valueOf(
                assertThrows(IOException.class, () -> store.store(null, null)).getMessage());
        assertTrue(text.endsWith("by the setting certificate-tags=write"), text);
        assertEquals(List.of(), TestKms.requests("TagResource"));
    }

    @Test
    void setKeyEntry_nameThatDiscoveryDoesNotKnow_isRefused() throws Exception {
        KeyStore store = store("write");
        var key = store.getKey(alias, null);
        assertEquals(
                "discovery does not find key " + arn + " by the name 'release'; use an alias/NAME of the key, or the"
                        + " setting key.release=" + arn,
                assertThrows(KeyStoreException.class, () -> store.setKeyEntry("release", key, null, chain))
                        .getMessage());
        KeyStore named = TestKms.discovery(TestKms.provider("certificate-tags=write", "key.release=" + arn));
        named.setKeyEntry("release", key, null, chain);
        named.store(null, null);
        assertArrayEquals(chain, store("read").getCertificateChain(alias));
    }

    @Test
    void setCertificateEntry_isRefused() {
        assertThrows(KeyStoreException.class, () -> store("write").setCertificateEntry("ca", CA_CERTIFICATE));
    }

    private void write(Certificate... certificates) throws Exception {
        KeyStore store = store("write");
        store.setKeyEntry(alias, store.getKey(alias, null), null, certificates);
        store.store(null, null);
    }

    private static KeyStore store(String mode) {
        return TestKms.discovery(TestKms.provider("certificate-tags=" + mode));
    }
}

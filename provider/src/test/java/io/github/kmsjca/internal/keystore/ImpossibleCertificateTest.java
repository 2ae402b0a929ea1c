package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a keystore file with an entry whose certificate no KMS key can have. The other entry still works. */
class ImpossibleCertificateTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final X509Certificate IMPOSSIBLE =
            TestKms.certificate(TestCertificates.Party.of("old", "DSA").keys().getPublic());
    private static final String ENTRIES = TestKms.entry("old", TestKms.arn("RSA_2048"), IMPOSSIBLE)
            + TestKms.entry("release", TestKms.arn(P256), TestKms.certificate(TestKms.publicKey(P256)));

    private final Provider provider = TestKms.provider();

    /** SunX509 requests all keys when it is created. PKIX requests all chains in each handshake. */
    @ParameterizedTest
    @ValueSource(strings = {"SunX509", "PKIX"})
    void keyManager_servesTheOtherEntry(String factory) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(factory);
        managers.init(TestKms.file(provider, ENTRIES), null);
        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) managers.getKeyManagers()[0];
        String alias = manager.chooseEngineServerAlias("EC", null, null);
        assertEquals(TestKms.arn(P256), ((KmsKey) manager.getPrivateKey(alias)).keyId());
    }

    /** The calls of keytool -list. */
    @Test
    void listing_likeKeytool_hasBothEntries() throws KeyStoreException {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertEquals(2, store.size());
        List<String> aliases = Collections.list(store.aliases());
        assertEquals(List.of("old", "release"), aliases);
        for (String alias : aliases) {
            assertTrue(store.containsAlias(alias));
            assertFalse(store.entryInstanceOf(alias, KeyStore.TrustedCertificateEntry.class));
            assertFalse(store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class));
            assertTrue(store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class));
            assertNotNull(store.getCertificateChain(alias));
        }
    }

    @Test
    void getEntry_byName_isRefused() {
        KeyStore store = TestKms.file(provider, ENTRIES);
        assertThrows(KmsException.class, () -> store.getEntry("old", null));
    }
}

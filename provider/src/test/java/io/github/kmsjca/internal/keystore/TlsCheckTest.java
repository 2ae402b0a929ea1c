package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestKms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests KeyStores with a key that decrypts, entry {@code a}, and a key that signs, entry {@code b}. A TLS handshake
 * with the first key would fail.
 */
class TlsCheckTest {
    @AutoClose
    private static final Account ACCOUNT = Account.open();

    private static final String DECRYPTING = ACCOUNT.emulator().createKey("RSA_2048", "ENCRYPT_DECRYPT");
    private static final String SIGNING = ACCOUNT.emulator().createKey("RSA_2048", "SIGN_VERIFY");
    private static final Provider PROVIDER = ACCOUNT.provider();
    private static final X509Certificate ENCIPHERMENT =
            TestCertificates.withKeyUsage(KeyUsage.keyEncipherment, publicKey(DECRYPTING));

    @TempDir
    private Path folder;

    @BeforeEach
    void reset() {
        ACCOUNT.reset();
    }

    private static PublicKey publicKey(String key) {
        return TestKms.publicKey(TestKms.key(PROVIDER, key));
    }

    private static KeyStore file(Provider provider) {
        X509Certificate signing = TestCertificates.withKeyUsage(KeyUsage.digitalSignature, publicKey(SIGNING));
        return TestKms.file(
                provider, TestKms.entry("a", DECRYPTING, ENCIPHERMENT) + TestKms.entry("b", SIGNING, signing));
    }

    private static String chosenKey(String factory, KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(factory);
        managers.init(store, null);
        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) managers.getKeyManagers()[0];
        String alias = manager.chooseEngineServerAlias("RSA", null, null);
        return ((KmsKey) manager.getPrivateKey(alias)).keyId();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunX509", "PKIX"})
    void keyManager_discoveredDecryptionKey_choosesTheSigningKey(String factory) throws Exception {
        Path certificates = Files.writeString(
                folder.resolve("both.pem"),
                TestCertificates.pem(TestKms.certificate(publicKey(DECRYPTING)))
                        + TestCertificates.pem(TestKms.certificate(publicKey(SIGNING))));
        KeyStore store = ACCOUNT.discovery("certificates=" + certificates, "key.a=" + DECRYPTING, "key.b=" + SIGNING);
        assertEquals(SIGNING, chosenKey(factory, store));
    }

    /** The usage of a key from a keystore file is not known, and TLS must not ask KMS for it. */
    @ParameterizedTest
    @ValueSource(strings = {"SunX509", "PKIX"})
    void keyManager_certificateForEncipherment_choosesTheSigningKeyWithoutAnyCall(String factory) throws Exception {
        // a new provider, which does not know the usage of the keys
        KeyStore store = file(ACCOUNT.provider());
        ACCOUNT.reset();
        assertEquals(SIGNING, chosenKey(factory, store));
        assertEquals(List.of(), ACCOUNT.operations());
    }

    @Test
    void getCertificateChain_certificateForEncipherment_isNullOnlyAfterIsKeyEntry() throws GeneralSecurityException {
        KeyStore store = file(ACCOUNT.provider());
        assertEquals(ENCIPHERMENT, store.getCertificateChain("a")[0]);
        assertTrue(store.isKeyEntry("a"));
        assertNull(store.getCertificateChain("a"));
        assertTrue(store.isKeyEntry("b"));
        assertNotNull(store.getCertificateChain("b"));
    }

    /** Two keystore files with equal settings share what the provider remembers about keys. */
    @Test
    void getCertificateChain_sameAliasInAnotherFile_isNotSkipped() throws GeneralSecurityException {
        Provider provider = ACCOUNT.provider();
        KeyStore store = file(provider);
        assertTrue(store.isKeyEntry("a"));
        assertNull(store.getCertificateChain("a"));
        KeyStore other = TestKms.file(provider, TestKms.entry("a", SIGNING, TestKms.certificate(publicKey(SIGNING))));
        assertTrue(other.isKeyEntry("a"));
        assertNotNull(other.getCertificateChain("a"));
    }
}

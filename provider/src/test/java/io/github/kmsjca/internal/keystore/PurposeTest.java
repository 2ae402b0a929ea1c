package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestCertificates.Period;
import io.github.kmsjca.testing.TestKms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a key that has two certificates: one for code signing and one for TLS. */
class PurposeTest {
    private static final String KEY = TestKms.arn("ECC_NIST_P256");
    private static final Party CA = Party.ec("ca");
    private static final X509Certificate CODE_SIGNING = leaf(KeyPurposeId.id_kp_codeSigning);
    private static final X509Certificate SERVER = leaf(KeyPurposeId.id_kp_serverAuth);

    @TempDir
    private Path folder;

    private static X509Certificate leaf(KeyPurposeId purpose) {
        return TestCertificates.withExtensions(
                new Party("CN=leaf", new KeyPair(TestKms.publicKey("ECC_NIST_P256"), null)),
                CA,
                Period.of(Instant.now().minus(Duration.ofDays(1)), Duration.ofDays(9)),
                TestCertificates.extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose)));
    }

    private KeyStore store() throws Exception {
        Path file = Files.writeString(
                folder.resolve("both.pem"), TestCertificates.pem(SERVER) + TestCertificates.pem(CODE_SIGNING));
        return TestKms.discovery(TestKms.provider("certificates=" + file, "keys=" + KEY));
    }

    @Test
    void getCertificateChainAndGetEntry_returnTheCertificateForCodeSigning() throws Exception {
        assertEquals(CODE_SIGNING, store().getCertificateChain(KEY)[0]);
        assertEquals(CODE_SIGNING, ((KeyStore.PrivateKeyEntry) store().getEntry(KEY, null)).getCertificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunX509", "PKIX"})
    void keyManager_usesTheCertificateForTls(String factory) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(factory);
        managers.init(store(), null);
        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) managers.getKeyManagers()[0];
        String alias = manager.chooseEngineServerAlias("EC", null, null);
        assertEquals(SERVER, manager.getCertificateChain(alias)[0]);
    }
}

package io.github.kmsjca.internal.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.config.Configuration;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.KmsSessions;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.testing.TestCertificates;
import io.github.kmsjca.testing.TestCertificates.Party;
import io.github.kmsjca.testing.TestCertificates.Period;
import io.github.kmsjca.testing.TestKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests an additional source of certificates, such as a private CA. The provider itself has no such source yet. Also
 * tests the warning about a key with two certificates.
 */
class OtherSourceTest {
    private static final String P256 = "ECC_NIST_P256";
    private static final X509Certificate CERTIFICATE = TestKms.certificate(TestKms.publicKey(P256));
    private static final X509Certificate FROM_OTHER_SOURCE = TestKms.certificate(TestKms.publicKey(P256));
    private static final KeyId KEY = KeyId.parse(TestKms.arn(P256));

    @TempDir
    private Path folder;

    @AutoClose
    private final KmsSessions sessions = new KmsSessions();

    private final List<String> asked = new ArrayList<>();

    /** A source that always returns the same certificate, or always fails. */
    private final class TestSource implements CertificateSource {
        private final boolean fails;

        TestSource(boolean fails) {
            this.fails = fails;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public List<X509Certificate> chain(PairHandle key, Lookup lookup, Purpose purpose) throws IOException {
            asked.add(key.keyId() + " " + lookup + " " + purpose);
            if (fails) {
                throw new IOException("the private CA returned no certificate");
            }
            return List.of(FROM_OTHER_SOURCE);
        }

        @Override
        public String place() {
            return "in the private CA";
        }
    }

    private KeyCertificates certificates(boolean fails, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("endpoint", TestKms.emulator().endpoint().toString());
        return KeyCertificates.with(
                sessions.of(new Configuration(all, false).settings()), List.of(new TestSource(fails)));
    }

    @Test
    void chain_onlyOtherSourceHasACertificate_isFromTheOtherSource() {
        assertEquals(List.of(FROM_OTHER_SOURCE), certificates(false, Map.of()).chain(KEY, Lookup.MAY_ASK, Purpose.TLS));
        assertEquals(List.of(KEY + " MAY_ASK TLS"), asked);
    }

    @Test
    void chain_fileAndOtherSourceHaveACertificate_isFromTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("chain.pem"), TestCertificates.pem(CERTIFICATE));
        KeyCertificates certificates = certificates(false, Map.of("certificates", file.toString()));
        assertEquals(List.of(CERTIFICATE), certificates.chain(KEY, Lookup.MAY_ASK, Purpose.SIGNATURE));
    }

    @Test
    void complete_filesHaveANewerCertificate_warnsUnlessTheyHaveBoth() throws IOException {
        X509Certificate newer = TestCertificates.withExtensions(
                new Party("CN=leaf", new KeyPair(TestKms.publicKey(P256), null)),
                Party.ec("ca"),
                Period.of(TestCertificates.NOW.minus(Duration.ofHours(1)), Duration.ofDays(3_000)),
                TestCertificates.extension(
                        Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning)));
        assertTrue(warnsWith(newer));
        assertFalse(warnsWith(newer, CERTIFICATE));
    }

    /** Returns whether there is a warning if the entry has {@code CERTIFICATE}, and a file has these certificates. */
    private boolean warnsWith(X509Certificate... inFile) throws IOException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : inFile) {
            text.append(TestCertificates.pem(certificate));
        }
        Path file = Files.writeString(folder.resolve("chain.pem"), text);
        List<String> log = new ArrayList<>();
        Logger logger = Logger.getLogger(LogTopic.CERTIFICATES.loggerName());
        logger.setFilter(line -> log.add(line.getMessage()));
        try {
            certificates(false, Map.of("certificates", file.toString()))
                    .complete("release", List.of(CERTIFICATE), Purpose.SIGNATURE);
        } finally {
            logger.setFilter(null);
        }
        return log.stream().anyMatch(line -> line.contains("has two certificates"));
    }

    @Test
    void chain_otherSourceFails_isReported() {
        KeyCertificates certificates = certificates(true, Map.of());
        KmsException failure =
                assertThrows(KmsException.class, () -> certificates.chain(KEY, Lookup.MAY_ASK, Purpose.SIGNATURE));
        assertEquals("the private CA returned no certificate", failure.getMessage());
    }
}

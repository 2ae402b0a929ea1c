package io.github.kmsjca.conformance.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a running TLS server uses a renewed certificate without a restart. */
class TlsRenewalTest {
    /** Only a server that does not read a changed file reaches this limit. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Logger LOGGER = Logger.getLogger("io.github.kmsjca");
    private static final TestCa CA = TestCa.named("CA of renewed certificates");

    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    private static final String ARN = EMULATOR.createKey("ECC_NIST_P256");
    private static final Provider PROVIDER =
            new KmsProvider().configure("region=us-east-1;endpoint=" + EMULATOR.endpoint());

    @TempDir
    private Path folder;

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    /** Collects the warnings that a file cannot be read and that its old certificates stay in use. */
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("stay in use")) {
                warnings.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    @BeforeAll
    static void register() {
        // JSSE creates engines without a provider name
        Security.addProvider(PROVIDER);
    }

    @AfterAll
    static void remove() {
        Security.removeProvider(PROVIDER.getName());
    }

    /** Where the server's certificate is. */
    enum Place {
        KEYSTORE_FILE {
            @Override
            KmsLoadStoreParameter parameter(Path file) {
                return KmsLoadStoreParameter.ofFile(file);
            }

            @Override
            String content(X509Certificate certificate) {
                return "# AWSKMS keystore 1\n\nalias: tls\nkey: " + ARN + "\n" + TestCa.pem(certificate);
            }
        },
        SETTING_CERTIFICATES {
            @Override
            KmsLoadStoreParameter parameter(Path file) {
                return KmsLoadStoreParameter.ofDiscovery().with("keys", ARN).with("certificates", file.toString());
            }

            @Override
            String content(X509Certificate certificate) {
                return TestCa.pem(certificate);
            }
        };

        abstract KmsLoadStoreParameter parameter(Path file);

        abstract String content(X509Certificate certificate);
    }

    static Stream<Place> places() {
        return SuiteExtent.firstOf(Place.values());
    }

    @ParameterizedTest
    @MethodSource("places")
    void renewal_whileTheServerRuns_isUsedAndLosesNoHandshake(Place place) throws Exception {
        X509Certificate old = certificate("old");
        X509Certificate renewed = certificate("renewed");
        Path file = folder.resolve("server");
        replace(file, place.content(old));
        SSLContext server = context(managers(place.parameter(file)));

        assertEquals(old, served(server));
        // an incomplete file: the server must keep the old certificate
        Files.writeString(
                file, place.content(renewed).substring(0, place.content(renewed).length() / 2));
        Instant limit = Instant.now().plus(LIMIT);
        while (warnings.isEmpty()) {
            assertTrue(Instant.now().isBefore(limit), "the server has not read the incomplete file");
            assertEquals(old, served(server));
        }
        replace(file, place.content(renewed));
        while (!served(server).equals(renewed)) {
            assertTrue(Instant.now().isBefore(limit), "the server does not use the renewed certificate");
        }
        assertEquals(renewed, served(server));
    }

    /** Replaces the file in one step, so that the server never reads an incomplete file. */
    private static void replace(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling("fresh");
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static X509Certificate certificate(String subject) throws GeneralSecurityException, IOException {
        KeyStore account = KeyStore.getInstance(KmsProvider.NAME, PROVIDER);
        account.load(null, null);
        PublicKey key = ((KmsPrivateKey) account.getKey(ARN, null)).publicKey();
        return CA.issue(subject, key);
    }

    private static KeyManager[] managers(KmsLoadStoreParameter parameter) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, PROVIDER);
        store.load(parameter);
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(new KeyStoreBuilderParameters(
                KeyStore.Builder.newInstance(store, new PasswordProtection(new char[0]))));
        return factory.getKeyManagers();
    }

    private static SSLContext context(KeyManager... managers) throws GeneralSecurityException, IOException {
        return TlsPair.context(CA.certificate(), managers);
    }

    /** Returns the server's certificate from a full handshake: a new client has no session to resume. */
    private static X509Certificate served(SSLContext server) throws GeneralSecurityException, IOException {
        try (TlsPair pair = TlsPair.open(server, context(), "TLSv1.3", false)) {
            return (X509Certificate) pair.shakeHands().getPeerCertificates()[0];
        }
    }
}

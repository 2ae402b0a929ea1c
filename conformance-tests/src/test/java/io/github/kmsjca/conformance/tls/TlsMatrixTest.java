package io.github.kmsjca.conformance.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests handshakes of the JDK's TLS with KMS keys on the server or on both sides, and the KMS calls that they make. */
class TlsMatrixTest {
    private static final List<String> SPECS =
            List.of("RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_NIST_EDWARDS25519");
    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor();
    private static final TestCa CA = TestCa.named("Test CA");
    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();
    private static final Provider PROVIDER = provider("");

    @TempDir
    private Path folder;

    private static Provider provider(String more) {
        return new KmsProvider().configure("region=us-east-1;endpoint=" + EMULATOR.endpoint() + more);
    }

    @BeforeAll
    static void register() {
        // JSSE creates engines without a provider name
        Security.addProvider(PROVIDER);
    }

    @AfterAll
    static void remove() {
        Security.removeProvider(PROVIDER.getName());
        THREAD.shutdown();
    }

    private static String arn(String spec) {
        return KEYS.computeIfAbsent(spec, EMULATOR::createKey);
    }

    /** The ways in which a program creates its key managers. */
    enum Source {
        SUN_X509 {
            @Override
            KeyManager[] managers(KeyStore.Builder builder) throws GeneralSecurityException {
                return of("SunX509", builder.getKeyStore());
            }
        },
        NEW_SUN_X509 {
            @Override
            KeyManager[] managers(KeyStore.Builder builder) throws GeneralSecurityException {
                return of("NewSunX509", builder.getKeyStore());
            }
        },
        BUILDER {
            @Override
            KeyManager[] managers(KeyStore.Builder builder) throws GeneralSecurityException {
                KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
                factory.init(new KeyStoreBuilderParameters(builder));
                return factory.getKeyManagers();
            }
        };

        abstract KeyManager[] managers(KeyStore.Builder builder) throws GeneralSecurityException;

        private static KeyManager[] of(String algorithm, KeyStore store) throws GeneralSecurityException {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
            factory.init(store, null);
            return factory.getKeyManagers();
        }
    }

    static Stream<Arguments> matrix() {
        return SPECS.stream()
                .flatMap(spec -> PROTOCOLS.stream()
                        .flatMap(protocol ->
                                Stream.of(Source.values()).map(source -> Arguments.of(spec, protocol, source))));
    }

    private KeyStore.Builder file(String spec) throws Exception {
        Path file = folder.resolve(spec + ".awskms");
        if (!Files.exists(file)) {
            Files.writeString(
                    file,
                    "# AWSKMS keystore 1\n\nalias: tls\nkey: " + arn(spec) + "\n" + TestCa.pem(certificate(spec)));
        }
        return KeyStore.Builder.newInstance(
                KmsProvider.NAME, PROVIDER, file.toFile(), new PasswordProtection(new char[0]));
    }

    private static X509Certificate certificate(String spec) throws Exception {
        KeyStore account = KeyStore.getInstance(KmsProvider.NAME, PROVIDER);
        account.load(null, null);
        return CA.issue(spec, ((KmsPrivateKey) account.getKey(arn(spec), null)).publicKey());
    }

    private static SSLContext context(KeyManager... managers) throws GeneralSecurityException, IOException {
        return TlsPair.context(CA.certificate(), managers);
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void handshake_bothSides_makeOneRequestEachAndNoneWhenResumed(String spec, String protocol, Source source)
            throws Exception {
        SSLContext server = context(source.managers(file(spec)));
        SSLContext client = context(source.managers(file(spec)));
        EMULATOR.requests().clear();
        try (TlsPair pair = TlsPair.open(server, client, protocol, true)) {
            SSLSession session = pair.shakeHands();
            assertEquals(protocol, session.getProtocol());
            assertEquals("CN=" + spec, session.getPeerPrincipal().getName());
            assertEquals(List.of("Sign", "Sign"), operations());
            pair.shakeHands();
            assertEquals(List.of("Sign", "Sign"), operations(), "a resumed session signs nothing");
        }
    }

    private static List<String> operations() {
        return EMULATOR.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshakes_keyOfTheAccount_requestThePublicKeyOnceAndListNothing(String protocol) throws Exception {
        Path chain = folder.resolve("chain.pem");
        Files.writeString(chain, TestCa.pem(certificate("ECC_NIST_P256")));
        Provider account = provider(";keys=" + arn("ECC_NIST_P256") + ";certificates=" + chain);
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, account);
        store.load(null, null);
        SSLContext server = context(Source.of("NewSunX509", store));
        EMULATOR.requests().clear();
        for (int round = 0; round < 3; round++) {
            // a new context has no sessions to resume
            SSLContext client = context();
            try (TlsPair pair = TlsPair.open(server, client, protocol, false)) {
                pair.shakeHands();
            }
        }
        assertEquals(List.of("GetPublicKey", "Sign", "Sign", "Sign"), operations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshake_kmsFails_hasTheCauseAndTheNextSucceeds(String protocol) throws Exception {
        SSLContext server = context(Source.BUILDER.managers(file("ECC_NIST_P256")));
        EMULATOR.faults().add(Fault.on("Sign").accessDenied());
        try (TlsPair pair = TlsPair.open(server, context(), protocol, false)) {
            IOException failure = assertThrows(IOException.class, pair::shakeHands);
            assertTrue(causes(failure)
                    .anyMatch(cause -> String.valueOf(cause.getMessage())
                            .contains("allow kms:Sign in the caller's IAM policy and in the key policy")));
            assertTrue(causes(failure).anyMatch(SSLException.class::isInstance));
            assertEquals(protocol, pair.shakeHands().getProtocol());
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    @Test
    void handshake_anotherHandshakeWaitsForKms_isNotDelayed() throws Exception {
        SSLContext server = context(Source.BUILDER.managers(file("ECC_NIST_P256")));
        CountDownLatch signRequested = new CountDownLatch(1);
        CountDownLatch answerAllowed = new CountDownLatch(1);
        EMULATOR.faults().add(Fault.on("Sign").rewrite(body -> {
            signRequested.countDown();
            await(answerAllowed);
            return body;
        }));
        try (TlsPair slow = TlsPair.open(server, context(), "TLSv1.3", false);
                TlsPair quick = TlsPair.open(server, context(), "TLSv1.3", false)) {
            Future<SSLSession> waiting = THREAD.submit(slow::shakeHands);
            await(signRequested);
            assertEquals("TLSv1.3", quick.shakeHands().getProtocol());
            assertFalse(waiting.isDone());
            answerAllowed.countDown();
            assertEquals("TLSv1.3", waiting.get().getProtocol());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.github.kmsjca.conformance.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.key.KmsPrivateKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests handshakes between a server with Bouncy Castle's TLS and clients with Bouncy Castle's TLS or the JDK's TLS.
 * Both sides use KMS keys, except in the test of a key in memory.
 */
class BouncyCastleTlsTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    private static final TestCa CA = TestCa.named("Test CA");
    private static final Provider OURS =
            new KmsProvider().configure("region=us-east-1;endpoint=" + EMULATOR.endpoint());
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final Provider BOUNCY_CASTLE_TLS = new BouncyCastleJsseProvider();
    private static final Provider JDK_TLS = Security.getProvider("SunJSSE");

    @BeforeAll
    static void register() {
        Security.addProvider(OURS);
        Security.addProvider(BOUNCY_CASTLE);
    }

    @AfterAll
    static void remove() {
        Security.removeProvider(OURS.getName());
        Security.removeProvider(BOUNCY_CASTLE.getName());
    }

    static Stream<Arguments> matrix() {
        return Stream.of("RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521")
                .flatMap(spec -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(spec, protocol)));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void handshake_bothSides_makeOneRequestEach(String spec, String protocol) throws Exception {
        KeyStore store = store(spec);
        for (Provider client : List.of(BOUNCY_CASTLE_TLS, JDK_TLS)) {
            SSLContext server = context(BOUNCY_CASTLE_TLS, store);
            EMULATOR.requests().clear();
            try (TlsPair pair = TlsPair.open(server, context(client, store), protocol, true)) {
                SSLSession session = pair.shakeHands();
                assertEquals(protocol, session.getProtocol());
                assertEquals("CN=" + spec, session.getPeerPrincipal().getName());
                assertEquals(List.of("Sign", "Sign"), operations(), client::getName);
            }
        }
    }

    /**
     * The JDK calls the algorithm of Ed25519 keys EdDSA, but Bouncy Castle's key managers accept only the name Ed25519.
     * So handshakes with the JDK's Ed25519 keys fail even without our provider.
     */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshake_ed25519KeyInMemory_fails(String protocol) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(null, null);
        store.setKeyEntry(
                "tls", pair.getPrivate(), new char[0], new Certificate[] {CA.issue("memory", pair.getPublic())});
        try (TlsPair both = TlsPair.open(context(BOUNCY_CASTLE_TLS, store), context(JDK_TLS, store), protocol, false)) {
            assertThrows(IOException.class, both::shakeHands);
        }
    }

    private static List<String> operations() {
        return EMULATOR.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    private static KeyStore store(String spec) throws Exception {
        String arn = EMULATOR.createKey(spec);
        KeyStore account = KeyStore.getInstance(KmsProvider.NAME, OURS);
        account.load(null, null);
        String text = "# AWSKMS keystore 1\n\nalias: tls\nkey: " + arn + "\n"
                + TestCa.pem(CA.issue(spec, ((KmsPrivateKey) account.getKey(arn, null)).publicKey()));
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, OURS);
        store.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
        return store;
    }

    private static SSLContext context(Provider tls, KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", tls);
        keys.init(store, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", CA.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", tls);
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS", tls);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}

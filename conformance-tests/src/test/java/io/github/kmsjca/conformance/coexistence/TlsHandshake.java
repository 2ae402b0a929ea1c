package io.github.kmsjca.conformance.coexistence;

import io.github.kmsjca.conformance.tool.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A handshake between two sides that do not use KMS. */
final class TlsHandshake {
    private static final TestCa CA = TestCa.named("Test CA");
    private static final KeyStore IDENTITY = jks(CA.server("localhost"));

    private TlsHandshake() {}

    /**
     * Returns a JKS KeyStore with the entry of a PKCS #12 KeyStore. If Bouncy Castle comes before the JDK's providers,
     * the JDK cannot decrypt the key of its own PKCS #12 KeyStore, because the algorithms come from Bouncy Castle. JKS
     * uses only a message digest.
     */
    private static KeyStore jks(KeyStore identity) {
        char[] password = TestCa.PASSWORD.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry(
                    "server", identity.getKey("server", password), password, identity.getCertificateChain("server"));
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Shakes hands. Returns the protocol, the cipher suite, and whether the client received the server's byte. */
    static String result(String protocol) throws GeneralSecurityException, IOException {
        SSLContext context = context();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> sent = thread.submit(serveOne(server));
            try (SSLSocket client = (SSLSocket)
                    context.getSocketFactory().createSocket(server.getInetAddress(), server.getLocalPort())) {
                client.setEnabledProtocols(new String[] {protocol});
                client.startHandshake();
                int received = client.getInputStream().read();
                return client.getSession().getProtocol() + ", "
                        + client.getSession().getCipherSuite() + ", " + (received == sent.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        } finally {
            thread.shutdownNow();
        }
    }

    private static Callable<Integer> serveOne(SSLServerSocket server) {
        return () -> {
            try (SSLSocket accepted = (SSLSocket) server.accept()) {
                accepted.getOutputStream().write(42);
            }
            return 42;
        };
    }

    private static SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(IDENTITY, TestCa.PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(IDENTITY);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}

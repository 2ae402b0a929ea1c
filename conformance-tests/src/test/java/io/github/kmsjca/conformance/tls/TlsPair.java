package io.github.kmsjca.conformance.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A server and a client that can shake hands several times, each time over a new connection. */
final class TlsPair implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int TEST_BYTE = 42;

    private final SSLContext client;
    private final SSLServerSocket server;
    private final String protocol;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    private TlsPair(SSLContext client, SSLServerSocket server, String protocol) {
        this.client = client;
        this.server = server;
        this.protocol = protocol;
    }

    /** Returns the context of one side. This side trusts the given CA. */
    static SSLContext context(X509Certificate ca, KeyManager... managers) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers, trust.getTrustManagers(), null);
        return context;
    }

    /** Opens a server. With client authentication, the server requires a client certificate. */
    static TlsPair open(SSLContext server, SSLContext client, String protocol, boolean clientAuthentication)
            throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(clientAuthentication);
        return new TlsPair(client, socket, protocol);
    }

    /**
     * Performs one handshake, sends a byte, and returns the session of the client.
     *
     * @throws IOException if either side fails. The cause wraps the server's failure or, if there is none, is the
     * client's failure. A failure of the client is also added as a suppressed exception.
     */
    SSLSession shakeHands() throws IOException {
        Future<Integer> served = thread.submit(this::serve);
        SSLSession session = null;
        IOException clientFailure = null;
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(server.getInetAddress(), server.getLocalPort())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            if (socket.getInputStream().read() != TEST_BYTE) {
                clientFailure = new IOException("the server sent a wrong byte");
            }
            session = socket.getSession();
        } catch (IOException e) {
            clientFailure = e;
        }
        IOException serverFailure = failureOf(served);
        if (clientFailure != null || serverFailure != null || session == null) {
            IOException failed =
                    new IOException("handshake failed", serverFailure != null ? serverFailure : clientFailure);
            if (clientFailure != null) {
                failed.addSuppressed(clientFailure);
            }
            throw failed;
        }
        return session;
    }

    private Integer serve() throws IOException {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.getOutputStream().write(TEST_BYTE);
            socket.getOutputStream().flush();
            return TEST_BYTE;
        }
    }

    private static @Nullable IOException failureOf(Future<Integer> served) {
        try {
            served.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return new IOException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        server.close();
    }
}

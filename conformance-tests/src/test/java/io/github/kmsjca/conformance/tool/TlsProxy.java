package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A TLS server that decrypts everything and forwards it to an endpoint that does not use TLS, such as the emulator. */
final class TlsProxy implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SSLServerSocket server;
    private final URI endpoint;

    private TlsProxy(SSLServerSocket server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * Starts a server with the key and certificate in a store. The password of the store is {@link TestCa#PASSWORD}.
     */
    static TlsProxy start(KeyStore identity, URI endpoint) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identity, TestCa.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            InetAddress loopback = InetAddress.getLoopbackAddress();
            TlsProxy proxy = new TlsProxy(
                    (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, loopback), endpoint);
            proxy.threads.execute(() -> Sockets.accept(proxy.server, proxy.threads, proxy::serve));
            return proxy;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the TLS server cannot be started", e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(endpoint.getHost(), endpoint.getPort())) {
            threads.execute(() -> Sockets.copy(upstream, client));
            Sockets.copy(client, upstream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.github.kmsjca.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTPS proxy that answers instead of KMS: it is the TLS server itself, and forwards the decrypted requests to an
 * emulator. So programs whose endpoint cannot be changed can also be measured.
 */
final class TlsTunnel implements AutoCloseable {
    private static final String OPENED = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int BACKLOG = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final SSLContext tls;
    private final URI endpoint;

    private TlsTunnel(ServerSocket server, SSLContext tls, URI endpoint) {
        this.server = server;
        this.tls = tls;
        this.endpoint = endpoint;
    }

    /**
     * Starts a proxy.
     *
     * @param identity key and certificate of the server
     * @param endpoint where the emulator is
     */
    static TlsTunnel start(KeyStore identity, char[] password, URI endpoint)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(identity, password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        TlsTunnel tunnel = new TlsTunnel(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), tls, endpoint);
        tunnel.threads.execute(tunnel::accept);
        return tunnel;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket emulator = new Socket(endpoint.getHost(), endpoint.getPort())) {
            readHead(client.getInputStream());
            client.getOutputStream().write(OPENED.getBytes(StandardCharsets.US_ASCII));
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
            secured.setUseClientMode(false);
            emulator.setTcpNoDelay(true);
            threads.execute(() -> copy(emulator, secured));
            copy(secured, emulator);
        } catch (IOException seenByClient) {
            return;
        }
    }

    /** Reads the request for a tunnel (RFC 9110 §9.3.6) byte by byte, because what follows belongs to TLS. */
    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the client closed the connection");
            }
            head.append((char) octet);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

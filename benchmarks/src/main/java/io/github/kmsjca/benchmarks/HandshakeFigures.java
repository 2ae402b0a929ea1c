package io.github.kmsjca.benchmarks;

import io.github.kmsjca.KmsProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compares the number of TLS handshakes per second of a server with a P-256 key in KMS and of a server with a local
 * key. No session is resumed. Clients and server are in this process.
 */
final class HandshakeFigures {
    private static final KeyFolder.Kind KIND = new KeyFolder.Kind("ECC_NIST_P256", "EC", 256);
    private static final int CLIENTS = 16;

    private final Path jar;
    private final Plan plan;

    /**
     * How much to measure.
     *
     * @param latencies the network latencies of KMS in milliseconds
     * @param turns the number of turns that count
     * @param handshakes the number of handshakes in a turn, a multiple of {@link #CLIENTS}
     */
    record Plan(List<Integer> latencies, int turns, int handshakes) {}

    /**
     * Creates the comparison.
     *
     * @param jar the one-file jar
     */
    HandshakeFigures(Path jar, Plan plan) {
        this.jar = jar;
        this.plan = plan;
    }

    void measure(Consumer<Figure> report) throws Exception {
        for (int latency : plan.latencies) {
            Path folder = Files.createTempDirectory("kms-jca");
            try (KmsProcess kms = KmsProcess.start(List.of(KIND.spec()), latency);
                    SystemProperties set = SystemProperties.set(kms.properties());
                    KmsProvider provider = new KmsProvider()) {
                KeyFolder keys = new KeyFolder(folder, jar.toAbsolutePath(), set.properties());
                keys.writeKeys(KIND);
                KeyStore remote = keys.load(KeyStore.getInstance(KmsProvider.NAME, provider), KeyFolder.KMS_FILE);
                KeyStore local = keys.load(KeyStore.getInstance("PKCS12"), KeyFolder.LOCAL_FILE);
                // JSSE looks for the signature engine in the list of providers
                KmsProvider.install();
                report.accept(compare(latency, remote, local));
            } finally {
                Security.removeProvider(KmsProvider.NAME);
                ToolFigures.delete(folder);
            }
        }
    }

    private Figure compare(int latency, KeyStore remote, KeyStore local) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> base = new ArrayList<>();
        // these two do not count: the first handshakes are slower than the others
        handshakesPerSecond(remote);
        handshakesPerSecond(local);
        for (int turn = 0; turn < plan.turns; turn++) {
            ours.add(handshakesPerSecond(remote));
            base.add(handshakesPerSecond(local));
        }
        String name = CLIENTS + " TLS clients, KMS at " + latency + " ms, against a local key";
        return new Figure(name, "/s", ours, base, Figure.Bound.none());
    }

    private double handshakesPerSecond(KeyStore identity) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SSLServerSocket server = (SSLServerSocket) context(identity)
                .getServerSocketFactory()
                .createServerSocket(0, plan.handshakes, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> serve(server, threads));
            List<Callable<@Nullable Void>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(() -> connect(identity, server.getLocalPort()));
            }
            long start = System.nanoTime();
            for (Future<@Nullable Void> end : threads.invokeAll(clients)) {
                end.get();
            }
            double duration = System.nanoTime() - start;
            return (double) handshakesPerClient() * CLIENTS * TimeUnit.SECONDS.toNanos(1) / duration;
        } finally {
            threads.shutdownNow();
        }
    }

    private int handshakesPerClient() {
        return plan.handshakes / CLIENTS;
    }

    private static void serve(SSLServerSocket server, ExecutorService threads) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket accepted) {
        try (Socket socket = accepted) {
            socket.getOutputStream().write(1);
        } catch (IOException seenByClient) {
            return;
        }
    }

    private @Nullable Void connect(KeyStore identity, int port) throws IOException, GeneralSecurityException {
        for (int i = 0; i < handshakesPerClient(); i++) {
            // a new context has no session to resume
            try (SSLSocket socket = (SSLSocket) context(trusting(identity))
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.getInputStream().read() != 1) {
                    throw new IOException("the server did not answer");
                }
            }
        }
        return null;
    }

    /** Returns a KeyStore that trusts the certificate of a server. */
    private static KeyStore trusting(KeyStore identity) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", identity.getCertificate(KeyFolder.ALIAS));
        return trusted;
    }

    private static SSLContext context(KeyStore keystore) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(keystore, KeyFolder.PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keystore);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}

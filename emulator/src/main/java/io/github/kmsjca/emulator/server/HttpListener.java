package io.github.kmsjca.emulator.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server on a port. */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final String host;

    private HttpListener(HttpServer server, ExecutorService threads, String host) {
        this.server = server;
        this.threads = threads;
        this.host = host;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for any free port
     * @throws IOException if the port cannot be used
     */
    public static HttpListener start(String host, int port, Service service) throws IOException {
        tune();
        AtomicInteger number = new AtomicInteger();
        // as many threads as there are requests at a time: delayed ones must not hold up others
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kms-emulator-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", new RequestHandler(service));
        server.start();
        return new HttpListener(server, threads, host);
    }

    /** Returns where the server listens. */
    public URI endpoint() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + server.getAddress().getPort());
    }

    /** Closes the port and all connections; requests under way get no answer. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The JDK's server reads these once, when its class is loaded. What the user has set is kept. */
    private static void tune() {
        // on JDK 17 the default is to wait for the client's delayed acknowledgement, 40 ms for each answer
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        // the default of 200 closes kept-alive connections under clients with more threads
        setIfAbsent("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}

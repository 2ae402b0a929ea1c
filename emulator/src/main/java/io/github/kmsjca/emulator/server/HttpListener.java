package io.github.kmsjca.emulator.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server of an emulator. It listens on one port. */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final String ROOT = "/";

    private final HttpServer server;
    private final ExecutorService threads;
    private final String host;
    private final AtomicBoolean isStarted = new AtomicBoolean();

    private HttpListener(HttpServer server, ExecutorService threads, String host) {
        this.server = server;
        this.threads = threads;
        this.host = host;
    }

    /**
     * Opens the port. Clients can connect, but get no answer before {@link #start}.
     *
     * @param port the port, or 0 for any free port
     * @throws IOException if the server cannot listen on the host and port
     * @throws IllegalArgumentException if the port is not a valid port number
     */
    public static HttpListener open(String host, int port, Service service) throws IOException {
        setServerProperties();
        AtomicInteger number = new AtomicInteger();
        // one thread for each request in progress, so that a delayed request does not hold up others
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kms-emulator-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        server.setExecutor(threads);
        server.createContext(ROOT, new RequestHandler(service));
        return new HttpListener(server, threads, host);
    }

    /** Answers requests from now on. */
    public void start() {
        isStarted.set(true);
        server.start();
    }

    /** Returns the URL of the server. */
    public URI endpoint() {
        String urlHost = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + urlHost + ":" + server.getAddress().getPort());
    }

    /** Closes the port and all connections. Requests in progress get no answer. */
    @Override
    public void close() {
        if (!isStarted.getAndSet(true)) {
            // the JDK's server frees its port in a thread that only server.start() creates
            server.removeContext(ROOT);
            server.start();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * Sets system properties that the JDK's server reads once, when its class is loaded. A value that the user has set
     * does not change.
     */
    private static void setServerProperties() {
        // without this property, each answer of JDK 17 waits 40 ms for the client's delayed acknowledgement
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        // with the default of 200, the server closes idle connections of clients that keep more connections open
        setIfAbsent("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}

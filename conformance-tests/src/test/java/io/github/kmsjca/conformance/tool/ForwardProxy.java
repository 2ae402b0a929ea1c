package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An HTTP proxy. It opens tunnels (RFC 9110 §9.3.6) and forwards requests. Only this proxy knows the addresses of the
 * hosts, so a request that bypasses the proxy cannot succeed.
 */
final class ForwardProxy implements AutoCloseable {
    private static final String LINE_END = "\r\n";

    private static final String LOGIN_REQUIRED = String.join(
            LINE_END,
            "HTTP/1.1 407 Proxy Authentication Required",
            "Proxy-Authenticate: Basic realm=\"any\"",
            "Content-Type: text/html",
            "Content-Length: 6",
            "",
            "<html>");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> passedOn = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Map<String, Integer> hosts;

    /** The required login, as {@code USER:PASSWORD}; empty if clients need none. */
    private final Optional<String> login;

    /** The text that the proxy answers instead of passing a request on; empty if it passes requests on. */
    private final Optional<String> answer;

    private ForwardProxy(Map<String, Integer> hosts, Optional<String> login, Optional<String> answer) {
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.hosts = hosts;
        this.login = login;
        this.answer = answer;
    }

    /**
     * Starts a proxy that requires no login.
     *
     * @param hosts maps a host with its port, such as {@code kms.example.test:443}, to the port of the server on this
     *     machine that plays this host
     */
    static ForwardProxy start(Map<String, Integer> hosts) {
        return new ForwardProxy(hosts, Optional.empty(), Optional.empty()).start();
    }

    /**
     * Starts a proxy that requires a login with the scheme Basic (RFC 7617).
     *
     * @param hosts as for {@link #start(Map)}
     * @param login the login, in the form {@code USER:PASSWORD}
     */
    static ForwardProxy start(Map<String, Integer> hosts, String login) {
        return new ForwardProxy(hosts, Optional.of(login), Optional.empty()).start();
    }

    /** Starts a proxy that passes nothing on. It answers each request with this text, which need not be HTTP. */
    static ForwardProxy answering(String text) {
        return new ForwardProxy(Map.of(), Optional.empty(), Optional.of(text)).start();
    }

    private ForwardProxy start() {
        threads.execute(() -> Sockets.accept(server, threads, this::serve));
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns the methods and targets of the requests that the proxy passed on since the last {@link #forget}. */
    List<String> passedOn() {
        return passedOn;
    }

    /** Returns the methods and targets of the requests that lacked the right login since the last {@link #forget}. */
    List<String> refused() {
        return refused;
    }

    /** Empties the lists of {@link #passedOn} and {@link #refused}. */
    void forget() {
        passedOn.clear();
        refused.clear();
    }

    private void serve(Socket accepted) {
        try (Socket client = accepted) {
            Optional<Request> request = Request.read(client.getInputStream());
            while (request.filter(this::isRefused).isPresent()) {
                refused.add(request.get().name());
                write(client, LOGIN_REQUIRED);
                request = Request.read(client.getInputStream());
            }
            if (request.isPresent() && answer.isPresent()) {
                write(client, answer.get());
            } else if (request.isPresent()) {
                passOn(request.get(), client);
            }
        } catch (IOException closed) {
            return;
        }
    }

    private boolean isRefused(Request request) {
        if (login.isEmpty()) {
            return false;
        }
        String encoded = Base64.getEncoder().encodeToString(login.get().getBytes(StandardCharsets.UTF_8));
        return !request.field("proxy-authorization").equals("Basic " + encoded);
    }

    private void passOn(Request request, Socket client) throws IOException {
        Integer port = hosts.get(request.host());
        if (port == null) {
            write(client, "HTTP/1.1 502 Bad Gateway" + LINE_END + "Connection: close" + LINE_END + LINE_END);
            return;
        }
        passedOn.add(request.name());
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (request.isTunnel()) {
                write(client, "HTTP/1.1 200 Connection established" + LINE_END + LINE_END);
                threads.execute(() -> Sockets.copy(upstream, client));
                Sockets.copy(client, upstream);
            } else {
                upstream.getOutputStream().write(request.forwarded());
                upstream.getInputStream().transferTo(client.getOutputStream());
            }
        }
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * An HTTP request.
     *
     * @param line the request line, such as {@code CONNECT kms.example.test:443 HTTP/1.1}
     * @param fields the lines of the header fields
     * @param content the content, in ISO 8859-1, so that each byte is a character
     */
    private record Request(String line, List<String> fields, String content) {
        /** Returns the next request; empty if the client closed the connection. */
        static Optional<Request> read(InputStream in) throws IOException {
            String head = head(in);
            if (head.isEmpty()) {
                return Optional.empty();
            }
            List<String> lines = head.lines().toList();
            Request request = new Request(lines.get(0), lines.subList(1, lines.size()), "");
            String length = request.field("content-length");
            byte[] content = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
            return Optional.of(
                    new Request(request.line, request.fields, new String(content, StandardCharsets.ISO_8859_1)));
        }

        /** Returns the value of a header field, whose name is given in lower case; empty if there is no such field. */
        String field(String name) {
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(field -> field.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Reads the request line and the header fields; empty if the client sent none. */
        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            boolean isComplete = false;
            while (!isComplete) {
                int next = in.read();
                if (next >= 0) {
                    head.append((char) next);
                }
                // TLS begins with a byte that is not a letter; then stop, because no end of a head will come
                isComplete = next < 0 || !Character.isLetter(head.charAt(0)) || head.indexOf(LINE_END + LINE_END) >= 0;
            }
            return head.toString().strip();
        }

        private String[] words() {
            return line.split(" ");
        }

        /** Returns method and target. */
        String name() {
            return words()[0] + " " + words()[1];
        }

        boolean isTunnel() {
            return words()[0].equals("CONNECT");
        }

        /** Returns the host with its port. */
        String host() {
            return isTunnel() ? words()[1] : URI.create(words()[1]).getAuthority() + ":80";
        }

        /** Returns the request for the server behind the proxy (RFC 9112 §3.2). */
        byte[] forwarded() {
            String kept = fields.stream()
                    .filter(field -> !field.startsWith("Proxy-") && !field.startsWith("Connection:"))
                    .collect(Collectors.joining(LINE_END));
            String start = words()[0] + " " + URI.create(words()[1]).getRawPath() + " HTTP/1.1";
            return String.join(LINE_END, start, kept, "Connection: close", "", content)
                    .getBytes(StandardCharsets.ISO_8859_1);
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

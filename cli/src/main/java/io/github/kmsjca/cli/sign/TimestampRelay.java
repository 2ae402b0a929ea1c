package io.github.kmsjca.cli.sign;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests for timestamps (RFC 3161) on to the time-stamping authorities, and repeats failed requests. Without
 * the relay, each new attempt would cost another signature, because a {@link jdk.security.jarsigner.JarSigner} signs
 * before it requests the timestamp. A JarSigner would also wait forever for an authority that does not answer.
 *
 * <p>The relay is an HTTP server on the loopback interface. Thread-safe.
 */
final class TimestampRelay implements AutoCloseable {
    /** How often each authority is asked about one jar, at most. */
    private static final int ROUNDS = 3;

    /** How long to wait for a connection. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

    /** The limit for an answer, in bytes. A timestamp with its certificates has some kilobytes. */
    private static final int LONGEST_ANSWER = 1_000_000;

    /** The limit for a request, in bytes. A request has a digest and a nonce, less than 200 bytes. */
    private static final int LONGEST_REQUEST = 64 * 1024;

    /** After this many jars in a row without a timestamp, no more jars are signed. */
    private static final int MAX_FAILURES = 3;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int BAD_GATEWAY = 502;

    /** The largest status of an answer that contains a timestamp (RFC 3161 §2.4.2). */
    private static final int GRANTED_WITH_MODIFICATIONS = 1;

    private final List<URI> authorities;
    private final Limits limits;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The names in {@link #url}. Other programs do not know them, so the relay does not serve these programs. */
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Why a jar got no timestamp, by the name of the jar in {@link #url}. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build();

    /**
     * The time limits of a relay.
     *
     * @param answer how long an authority may take for an answer
     * @param pause the pause before all authorities are asked again
     */
    record Limits(Duration answer, Duration pause) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    private TimestampRelay(List<URI> authorities, Limits limits, HttpServer server) {
        this.authorities = authorities;
        this.limits = limits;
        this.server = server;
    }

    /**
     * Starts a relay.
     *
     * @param authorities the authorities, in the order in which they are asked
     */
    static TimestampRelay start(List<URI> authorities, Limits limits) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TimestampRelay relay = new TimestampRelay(authorities, limits, server);
        server.setExecutor(relay.threads);
        server.createContext("/", relay::answer);
        server.start();
        return relay;
    }

    /**
     * Returns the URL of this relay for a JarSigner.
     *
     * @param name any name for the jar that nobody can guess, for {@link #failure}
     */
    URI url(String name) {
        names.add(name);
        return url(server.getAddress(), name);
    }

    static URI url(InetSocketAddress server, String name) {
        InetAddress address = server.getAddress();
        // the JDK's list of hosts without a proxy has this text, not 0:0:0:0:0:0:0:1 (DefaultProxySelector)
        String host = address instanceof Inet6Address ? "::1" : address.getHostAddress();
        try {
            // puts brackets around an IPv6 address
            return new URI("http", null, host, server.getPort(), "/" + name, null, null);
        } catch (URISyntaxException impossible) {
            throw new ProviderBug("the address of the relay makes no URL", impossible);
        }
    }

    /** Returns why the jar with this name got no timestamp; empty if it got one, or has not requested one. */
    String failure(String name) {
        return failures.getOrDefault(name, "");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path == null || !path.startsWith("/") || !names.contains(path.substring(1))) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            byte[] request = exchange.getRequestBody().readNBytes(LONGEST_REQUEST + 1);
            if (request.length > LONGEST_REQUEST) {
                exchange.sendResponseHeaders(TOO_LARGE, -1);
                return;
            }
            byte[] answer = answer(path.substring(1), request);
            exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(
                    answer.length == 0 ? BAD_GATEWAY : OK, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the answer of an authority; empty if none has a timestamp. */
    private byte[] answer(String name, byte[] request) throws InterruptedException {
        failures.remove(name);
        Map<URI, String> reasons = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 0) {
                Thread.sleep(limits.pause().toMillis());
            }
            for (URI authority : authorities) {
                try {
                    byte[] timestamp = ask(authority, request);
                    failuresInARow.set(0);
                    return timestamp;
                } catch (IOException e) {
                    reasons.put(authority, reason(e));
                }
            }
        }
        String text = reasons.entrySet().stream()
                .map(each -> each.getKey() + " failed: " + each.getValue())
                .collect(Collectors.joining("; "));
        failures.put(name, text);
        failuresInARow.incrementAndGet();
        return new byte[0];
    }

    /**
     * Refuses to go on if no authority seems to work, because each further jar would cost a signature in vain.
     *
     * @throws IOException if {@link #MAX_FAILURES} jars in a row got no timestamp
     */
    void requireAlive() throws IOException {
        if (failuresInARow.get() >= MAX_FAILURES) {
            throw new IOException("not signed, because the last " + MAX_FAILURES
                    + " jars got no timestamp from any authority; check --tsa, then repeat the command with"
                    + " --skip-signed");
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "unknown reason";
        }
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }

    /**
     * Asks one authority. The time limit of an {@link HttpRequest} does not cover the body of the answer, so this
     * method limits the whole exchange.
     */
    private byte[] ask(URI authority, byte[] request) throws IOException, InterruptedException {
        Future<byte[]> answer = threads.submit(() -> exchange(authority, request));
        try {
            byte[] body = answer.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
            requireGranted(body);
            return body;
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limits.answer().toMillis() + " ms", e);
        } finally {
            answer.cancel(true);
        }
    }

    private byte[] exchange(URI authority, byte[] request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(authority)
                        .header("Content-Type", "application/timestamp-query")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new IOException("HTTP status " + answer.statusCode());
            }
            byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
            }
            return bytes;
        }
    }

    /** Checks that the status of an answer grants a timestamp. The JarSigner checks the timestamp itself. */
    private static void requireGranted(byte[] answer) throws IOException {
        try {
            // TimeStampResp ::= SEQUENCE { PKIStatusInfo ::= SEQUENCE { status INTEGER, … }, … }
            ASN1Sequence info =
                    ASN1Sequence.getInstance(ASN1Sequence.getInstance(answer).getObjectAt(0));
            int status = ASN1Integer.getInstance(info.getObjectAt(0)).intValueExact();
            if (status > GRANTED_WITH_MODIFICATIONS) {
                throw new IOException("the request was refused with PKI status " + status);
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException("the answer is not a timestamp", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

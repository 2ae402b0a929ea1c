package io.github.kmsjca.internal.client.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client for one endpoint. A {@link RequestWatch} can abort its requests. The wrapped client is built for the
 * first request, because its proxy depends on the endpoint. It is built again after a request that ended with an
 * {@link Error}. Thread-safe.
 */
public final class WatchedHttpClient implements SdkHttpClient {
    /** The maximum length of an answer in bytes. */
    public static final int MAX_ANSWER_LENGTH = ClientPurpose.MAX_ANSWER_LENGTH;

    private final RequestWatch watch;
    private final Background background;
    private final int maxConnections;
    private final Duration requestTimeout;
    private volatile @Nullable SdkHttpClient client;
    private volatile @Nullable NetworkPath path;
    private boolean closed;

    WatchedHttpClient(RequestWatch watch, Background background, int maxConnections, Duration requestTimeout) {
        this.watch = watch;
        this.background = background;
        this.maxConnections = maxConnections;
        this.requestTimeout = requestTimeout;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpClient present = client;
        if (present == null) {
            present = build(request.httpRequest().getUri());
        }
        RequestWatch.Attempt attempt = watch.current();
        Exchange exchange = new Exchange(present, present.prepareRequest(request), attempt);
        if (attempt != null) {
            attempt.sends(exchange);
        }
        return exchange;
    }

    /** One request and its answer. */
    private final class Exchange implements ExecutableHttpRequest {
        private final SdkHttpClient sender;
        private final ExecutableHttpRequest request;
        private final RequestWatch.@Nullable Attempt attempt;

        Exchange(SdkHttpClient sender, ExecutableHttpRequest request, RequestWatch.@Nullable Attempt attempt) {
            this.sender = sender;
            this.request = request;
            this.attempt = attempt;
        }

        /**
         * Sends the request. If the thread is interrupted, also ends the attempt. When this method returns, the SDK
         * clears the interrupt flag, and reads the rest of the answer before it throws an exception. In that time, the
         * watch would not notice the interrupt.
         */
        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                HttpExecuteResponse response = request.call();
                if (attempt != null && Thread.currentThread().isInterrupted()) {
                    attempt.end(RequestWatch.End.INTERRUPT);
                }
                return response;
            } catch (Error e) {
                discard(sender, e);
                throw e;
            }
        }

        @Override
        public void abort() {
            request.abort();
        }
    }

    /**
     * Closes a client after an error, so that the next request builds another one. After an error, Apache HttpClient
     * has closed all its connections and refuses every request, or does not return the connection to its pool.
     */
    private void discard(SdkHttpClient failed, Error error) {
        synchronized (this) {
            if (client != failed) {
                // closed already, because of another request
                return;
            }
            client = null;
        }
        try {
            failed.close();
        } catch (RuntimeException e) {
            error.addSuppressed(e);
        }
    }

    private synchronized SdkHttpClient build(URI endpoint) {
        SdkHttpClient built = client;
        if (closed) {
            throw SdkClientException.create("the provider is closed");
        }
        if (built == null) {
            NetworkPath found = HttpClients.path(endpoint);
            path = found;
            ClientPurpose purpose = new ClientPurpose(maxConnections, requestTimeout, found, background);
            built = OwnClassLoader.call(() -> HttpClients.build(purpose));
            client = built;
        }
        return built;
    }

    /** Returns the network path of the requests; empty before the first request. */
    public Optional<NetworkPath> path() {
        return Optional.ofNullable(path);
    }

    @Override
    public String clientName() {
        SdkHttpClient present = client;
        return present == null ? "kms-jca" : present.clientName();
    }

    @Override
    public synchronized void close() {
        closed = true;
        SdkHttpClient present = client;
        if (present != null) {
            present.close();
        }
    }
}

package io.github.kmsjca.internal.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client for one endpoint. A {@link RequestWatch} can abort its requests. The wrapped client is built for the
 * first request, because its proxy depends on the endpoint. Thread-safe.
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
        ExecutableHttpRequest prepared = present.prepareRequest(request);
        RequestWatch.Attempt attempt = watch.current();
        if (attempt != null) {
            attempt.sends(prepared);
        }
        return prepared;
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

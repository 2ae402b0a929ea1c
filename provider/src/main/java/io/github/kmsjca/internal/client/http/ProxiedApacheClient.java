package io.github.kmsjca.internal.client.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthCache;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/**
 * Apache HttpClient 5 with a proxy. If the proxy refuses to open a tunnel to an https endpoint, Apache HttpClient
 * returns the proxy's answer like an answer from the endpoint, so the proxy could forge a KMS error. This class
 * recognizes such an answer, because it did not come through a TLS session. Thread-safe.
 */
final class ProxiedApacheClient implements SdkHttpClient {
    private final SdkHttpClient client;
    private final NetworkPath path;
    private final HttpProxy proxy;

    /** The context of the request in progress in each thread. */
    private final Map<Thread, HttpClientContext> contexts = new ConcurrentHashMap<>();

    ProxiedApacheClient(Apache5HttpClient.Builder builder, NetworkPath path, HttpProxy proxy) {
        HttpHost host = new HttpHost(proxy.host(), proxy.port());
        Optional<UsernamePasswordCredentials> login = proxy.login()
                .map(known -> new UsernamePasswordCredentials(
                        known.user(), known.password().toCharArray()));
        login.ifPresent(credentials -> {
            BasicCredentialsProvider provider = new BasicCredentialsProvider();
            provider.setCredentials(new AuthScope(host), credentials);
            builder.credentialsProvider(provider);
        });
        this.client = builder.httpRoutePlanner(new Planner(host, login)).build();
        this.path = path;
        this.proxy = proxy;
    }

    /** Sends all requests to the proxy, with the login if there is one. Also records the context of each request. */
    private final class Planner implements HttpRoutePlanner {
        private final HttpHost host;
        private final Optional<UsernamePasswordCredentials> login;
        private final HttpRoutePlanner planner;

        Planner(HttpHost host, Optional<UsernamePasswordCredentials> login) {
            this.host = host;
            this.login = login;
            this.planner = new DefaultProxyRoutePlanner(host);
        }

        @Override
        public HttpRoute determineRoute(HttpHost target, HttpContext requestContext) throws HttpException {
            HttpClientContext context = HttpClientContext.cast(requestContext);
            contexts.put(Thread.currentThread(), context);
            login.ifPresent(credentials -> context.setAuthCache(cache(credentials)));
            return planner.determineRoute(target, context);
        }

        /** Returns a cache that lets the client send the login before the proxy asks for it. */
        private AuthCache cache(UsernamePasswordCredentials credentials) {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(credentials);
            AuthCache cache = new BasicAuthCache();
            cache.put(host, scheme);
            return cache;
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return requirePassedOn(prepared);
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    /** Sends the request. Throws an exception if the answer came from the proxy and not from the endpoint. */
    private HttpExecuteResponse requirePassedOn(ExecutableHttpRequest request) throws IOException {
        try {
            HttpExecuteResponse response = request.call();
            int status = response.httpResponse().statusCode();
            if (status == ProxyRefusedException.LOGIN_REQUIRED || (path.isSecure() && !hasTlsSession())) {
                response.responseBody().ifPresent(AbortableInputStream::abort);
                throw ProxyRefusedException.of(status, proxy);
            }
            return response;
        } finally {
            contexts.remove(Thread.currentThread());
        }
    }

    private boolean hasTlsSession() {
        HttpClientContext context = contexts.get(Thread.currentThread());
        return context != null && context.getSSLSession() != null;
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}

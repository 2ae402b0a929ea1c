package io.github.kmsjca.internal.client.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Builds Apache HttpClient 5, whose requests can be aborted at any time except during a name resolution. */
final class ApacheClient {
    private ApacheClient() {}

    static SdkHttpClient build(ClientPurpose purpose) {
        Apache5HttpClient.Builder builder = Apache5HttpClient.builder()
                .maxConnections(purpose.maxConnections())
                .connectionTimeout(purpose.connectTimeout())
                .socketTimeout(purpose.requestTimeout())
                .dnsResolver(new Resolver(purpose.background()))
                .proxyConfiguration(noProxy());
        return purpose.path()
                .proxy()
                .<SdkHttpClient>map(proxy -> new ProxiedApacheClient(builder, purpose.path(), proxy))
                .orElseGet(builder::build);
    }

    /**
     * Returns a configuration without a proxy, because {@link HttpProxy} finds the proxy. Without this configuration,
     * the SDK would apply its own rules, for example use the proxy from {@code HTTP_PROXY} for https.
     */
    private static ProxyConfiguration noProxy() {
        return ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .build();
    }

    /** Resolves host names in another thread, because nothing can abort a name resolution. */
    private static final class Resolver implements DnsResolver {
        private final Background background;
        private final Map<String, SharedWork<InetAddress[]>> hosts = new ConcurrentHashMap<>();

        Resolver(Background background) {
            this.background = background;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (DirectHosts.isAddress(host)) {
                return InetAddress.getAllByName(host);
            }
            try {
                return hosts.computeIfAbsent(host, this::resolution).get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof UnknownHostException known ? known : unknown(host, e);
            } catch (TimeoutException e) {
                throw ApiCallAttemptTimeoutException.create(e.getMessage(), e);
            }
        }

        private SharedWork<InetAddress[]> resolution(String host) {
            return new SharedWork<>(
                    background, "the resolution of host name " + host, () -> InetAddress.getAllByName(host));
        }

        private static UnknownHostException unknown(String host, ExecutionException failure) {
            UnknownHostException unknown = new UnknownHostException(host + ": the name resolution failed");
            unknown.initCause(failure);
            return unknown;
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return InetAddress.getByName(host).getCanonicalHostName();
        }
    }
}

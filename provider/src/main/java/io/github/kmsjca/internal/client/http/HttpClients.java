package io.github.kmsjca.internal.client.http;

import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Chooses and builds the HTTP client. {@link ApacheClient} and {@link JdkClient} configure the two clients that this
 * project ships. Any other client on the class path keeps its own settings.
 */
final class HttpClients {
    private HttpClients() {}

    /**
     * Returns the network path of the requests to an endpoint.
     *
     * @throws BadProxyException if a variable or property for the proxy is not valid
     */
    static NetworkPath path(URI endpoint) {
        return new NetworkPath(endpoint, hasApache() || hasJdk() ? HttpProxy.of(endpoint) : Optional.empty());
    }

    /** Builds the client that {@code SYNC_HTTP_SERVICE_IMPL} names, or else the best one of the class path. */
    static SdkHttpClient build(ClientPurpose purpose) {
        if (hasApache()) {
            return ApacheClient.build(purpose);
        }
        return hasJdk() ? new JdkClient(purpose) : buildOther();
    }

    private static boolean hasApache() {
        return wanted().isEmpty() && isPresent("software.amazon.awssdk.http.apache5.Apache5HttpClient") && hasJdkNet();
    }

    private static boolean hasJdk() {
        return wanted().isEmpty() && isPresent("software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient");
    }

    private static Optional<String> wanted() {
        return SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.getStringValue();
    }

    private static SdkHttpClient buildOther() {
        Optional<String> wanted = wanted();
        return services()
                .filter(service -> wanted.isEmpty() || service.type().getName().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> SdkClientException.create(
                        wanted.map(name -> "the HTTP client " + name + " is not on the class path")
                                .orElse("no HTTP client of the AWS SDK is on the class path; add"
                                        + " software.amazon.awssdk:apache5-client")))
                .get()
                .createHttpClientBuilder()
                .buildWithDefaults(AttributeMap.empty());
    }

    private static Stream<ServiceLoader.Provider<SdkHttpService>> services() {
        return ServiceLoader.load(SdkHttpService.class, HttpClients.class.getClassLoader()).stream();
    }

    private static boolean isPresent(String name) {
        return find(name) != null;
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, HttpClients.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /**
     * Returns whether this JVM has the module {@code jdk.net}, which Apache HttpClient needs. keytool and jarsigner do
     * not load it.
     */
    private static boolean hasJdkNet() {
        return ModuleLayer.boot().findModule("jdk.net").isPresent();
    }
}

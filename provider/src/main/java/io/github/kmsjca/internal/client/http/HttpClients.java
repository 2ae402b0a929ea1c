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
 * project ships. A client that the user has named ({@link #configured}), and any other client, keeps its own settings.
 */
final class HttpClients {
    private HttpClients() {}

    /**
     * Returns the network path of the requests to an endpoint.
     *
     * @throws BadProxyException if a variable or property for the proxy is not valid
     */
    static NetworkPath path(URI endpoint) {
        // any other client finds the proxy itself
        boolean isConfiguredHere = usesApache() || usesJdk();
        return new NetworkPath(endpoint, isConfiguredHere ? HttpProxy.of(endpoint) : Optional.empty());
    }

    /**
     * Builds the client that the user has named ({@link #configured}). If the user has named none, builds the first of
     * these that the class path has: {@link ApacheClient} (not without the module {@code jdk.net}), {@link JdkClient},
     * any other client.
     *
     * @throws SdkClientException if there is no such client
     */
    static SdkHttpClient build(ClientPurpose purpose) {
        if (usesApache()) {
            return ApacheClient.build(purpose);
        }
        return usesJdk() ? new JdkClient(purpose) : buildOther();
    }

    private static boolean usesApache() {
        return configured().isEmpty()
                && isPresent("software.amazon.awssdk.http.apache5.Apache5HttpClient")
                && hasJdkNet();
    }

    private static boolean usesJdk() {
        return configured().isEmpty() && isPresent("software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient");
    }

    /**
     * Returns the class name in the system property {@code software.amazon.awssdk.http.service.impl} or, if it is not
     * set, in the environment variable {@code SYNC_HTTP_SERVICE_IMPL}; empty if neither is set.
     */
    private static Optional<String> configured() {
        return SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.getStringValue();
    }

    private static SdkHttpClient buildOther() {
        Optional<String> configured = configured();
        return services()
                .filter(service ->
                        configured.isEmpty() || service.type().getName().equals(configured.get()))
                .findFirst()
                .orElseThrow(() -> SdkClientException.create(configured
                        .map(name -> "the HTTP client " + name
                                + " is not on the class path; add its jar, or correct the name in the system property "
                                + SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.property()
                                + " or the environment variable SYNC_HTTP_SERVICE_IMPL")
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
     * Returns whether this JVM has the module {@code jdk.net}, which Apache HttpClient needs. The JVMs of keytool and
     * jarsigner do not load this module.
     */
    private static boolean hasJdkNet() {
        return ModuleLayer.boot().findModule("jdk.net").isPresent();
    }
}

package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.HttpProxy;
import io.github.kmsjca.internal.client.http.NetworkPath;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.client.http.WatchedHttpClient;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.Warnings;
import io.github.kmsjca.key.KmsException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** The KMS clients, one for each Region. Each is built on first use and lives as long as the provider. Thread-safe. */
final class RegionalClients implements AutoCloseable {
    /** Hosts that mean this machine, in the spellings that need no name resolution. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0(:0){6}:1]");

    private final ClientOptions options;
    private final ClientSource source;
    private final Transport transport;
    private final Warnings warnings;
    private final Consumer<ClientOverrideConfiguration.Builder> more;
    private final CredentialChain chain;
    private final AwsCredentialsProvider credentials;
    private final Map<String, RegionalClient> clients = new ConcurrentHashMap<>();

    /**
     * Creates the clients for some options. Each is built when it is needed.
     *
     * @param transport shared by all clients of a provider
     * @param warnings receives the warning about an endpoint without TLS
     * @param more adds to the configuration of each client
     */
    RegionalClients(
            ClientOptions options,
            ClientSource source,
            Transport transport,
            Warnings warnings,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        this.options = options;
        this.source = source;
        this.transport = transport;
        this.warnings = warnings;
        this.more = more;
        this.chain = new CredentialChain(options.profile().orElse(null));
        this.credentials = source.credentials().orElseGet(() -> new TimedCredentials(chain, transport.background()));
    }

    /** Returns whether the clients are the program's own. */
    boolean isOwn() {
        return source.isOwn();
    }

    /** Returns the watch that ends attempts. */
    RequestWatch watch() {
        return transport.watch();
    }

    /** Returns the client of a Region, or of the SDK's default Region if {@code region} is null. */
    RegionalClient in(@Nullable String region) {
        String name = region != null ? region : "";
        RegionalClient present = clients.get(name);
        return present != null && !transport.isClosed() ? present : build(name);
    }

    private synchronized RegionalClient build(String name) {
        requireOpen();
        RegionalClient client = clients.get(name);
        if (client == null) {
            Region region = name.isEmpty() ? OwnClassLoader.call(this::defaultRegion) : Region.of(name);
            client = supplied(region)
                    .map(own -> new RegionalClient(region.id(), own, Optional.empty(), new RegionHealth()))
                    .orElseGet(() -> build(region));
            clients.put(name, client);
        }
        return client;
    }

    /**
     * Checks that the provider is not closed. A call in progress fails in many ways when its client is closed.
     *
     * @throws KmsException if it is closed
     */
    void requireOpen() {
        if (transport.isClosed()) {
            throw new KmsException(
                    "the provider of this key is closed; build another provider and get the key from it",
                    KmsException.Failure.of("CLOSED"),
                    null);
        }
    }

    private Optional<KmsClient> supplied(Region region) {
        try {
            return source.client(region);
        } catch (KmsException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new KmsException(
                    "the program's function for KMS clients failed for Region " + region + " ("
                            + ForeignText.of(String.valueOf(e.getMessage())) + ")",
                    KmsException.Failure.of("BAD_CONFIGURATION"),
                    SdkFailure.of(e));
        }
    }

    private RegionalClient build(Region region) {
        WatchedHttpClient http = transport.client(options.maxConnections(), options.callTimeout());
        try {
            KmsClient client = OwnClassLoader.call(() -> builder(region, http).build());
            client.serviceClientConfiguration().endpointOverride().ifPresent(this::warnIfWithoutTls);
            return new RegionalClient(region.id(), client, Optional.of(http), new RegionHealth());
        } catch (RuntimeException e) {
            // the SDK has no common exception for a wrong variable or profile, such as an endpoint without scheme
            throw new KmsException(
                    "the AWS SDK cannot be configured: " + ForeignText.of(String.valueOf(e.getMessage()))
                            + "; check the variables AWS_*, such as AWS_ENDPOINT_URL_KMS, and the AWS configuration"
                            + " files",
                    KmsException.Failure.of("BAD_CONFIGURATION"),
                    SdkFailure.of(e));
        }
    }

    /** Returns the proxies of the requests so far. */
    Set<HttpProxy> proxies() {
        return clients.values().stream()
                .flatMap(regional -> regional.path().flatMap(NetworkPath::proxy).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Closes the clients that the provider built, after their {@link Transport} is closed. The program's own clients
     * stay open.
     */
    @Override
    public synchronized void close() {
        clients.values().forEach(RegionalClient::close);
        clients.clear();
        chain.close();
    }

    private void warnIfWithoutTls(URI endpoint) {
        boolean here = endpoint.getHost() != null
                && LOOPBACK.matcher(endpoint.getHost()).matches();
        if ("http".equalsIgnoreCase(endpoint.getScheme()) && !here) {
            warnings.once(
                    "endpoint " + shown(endpoint) + " has no TLS: everybody on the network path can read the requests"
                            + " and fake the answers; use https");
        }
    }

    /** Returns a URL without user and password, which variables of the AWS SDK may hold. */
    static String shown(URI endpoint) {
        String authority = String.valueOf(endpoint.getRawAuthority());
        return endpoint.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1)
                + endpoint.getRawPath();
    }

    private KmsClientBuilder builder(Region region, SdkHttpClient http) {
        KmsClientBuilder builder = KmsClient.builder()
                .region(region)
                .httpClient(http)
                .credentialsProvider(credentials)
                .overrideConfiguration(this::configure);
        options.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    /** {@link Operation} repeats failed requests and limits their time, so the SDK must do neither. */
    private void configure(ClientOverrideConfiguration.Builder override) {
        options.profile().ifPresent(override::defaultProfileName);
        override.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(new AnswerGuard());
        more.accept(override);
    }

    private Region defaultRegion() {
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            options.profile().ifPresent(chain::profileName);
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new KmsException(
                    "no AWS Region is known; set AWS_REGION or the setting region, or name the key by its ARN",
                    KmsException.Failure.of("NO_REGION"),
                    SdkFailure.of(e));
        }
    }
}

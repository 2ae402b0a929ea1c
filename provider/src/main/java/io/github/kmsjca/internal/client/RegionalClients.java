package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.HttpProxy;
import io.github.kmsjca.internal.client.http.NetworkPath;
import io.github.kmsjca.internal.client.http.OwnClassLoader;
import io.github.kmsjca.internal.client.http.RequestWatch;
import io.github.kmsjca.internal.client.http.Transport;
import io.github.kmsjca.internal.client.http.WatchedHttpClient;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.ProviderVersion;
import io.github.kmsjca.key.KmsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * The KMS clients for one set of options, one client for each Region. Each client is built on first use. Thread-safe.
 */
final class RegionalClients implements AutoCloseable {
    /** The hosts that always mean this machine: {@code localhost} and the loopback addresses. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0(:0){6}:1]");

    /** Shows operators in CloudTrail which requests come from this provider. */
    private static final String USER_AGENT = "kms-jca/" + ProviderVersion.TEXT;

    private final ClientOptions options;
    private final ClientSource source;
    private final Transport transport;
    private final ClientLog log;
    private final CredentialChain chain;
    private final AwsCredentialsProvider credentials;
    private final DefaultRegion defaultRegion;
    private final Map<String, RegionalClient> clients = new ConcurrentHashMap<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile @Nullable Retries retries;

    /**
     * Creates the clients. Builds none of them yet.
     *
     * @param transport the threads and the watch that all clients of a provider share
     */
    RegionalClients(ClientOptions options, ClientSource source, Transport transport, ClientLog log) {
        this.options = options;
        this.source = source;
        this.transport = transport;
        this.log = log;
        this.chain = new CredentialChain(options.profile().orElse(null));
        this.credentials = source.credentials().orElseGet(() -> new TimedCredentials(chain, transport.background()));
        this.defaultRegion = new DefaultRegion(options.profile(), transport);
    }

    /** Returns whether the program supplies the clients. */
    boolean hasProgramClients() {
        return source.hasProgramClients();
    }

    /** Returns whether the program supplies the credentials, or the clients with their credentials. */
    boolean hasProgramCredentials() {
        return hasProgramClients() || source.credentials().isPresent();
    }

    /** Returns the log. */
    ClientLog log() {
        return log;
    }

    /** Returns the watch that ends attempts. */
    RequestWatch watch() {
        return transport.watch();
    }

    /** Returns the number of earlier calls of this method, to share operations among Regions. */
    int nextTurn() {
        return turns.getAndIncrement();
    }

    /**
     * Returns the decisions about retries; null before the first client is built, or if the clients are the program's
     * own, because those clients decide themselves.
     */
    @Nullable
    Retries retries() {
        return retries;
    }

    /** Returns the client of a Region. */
    RegionalClient in(String region) {
        requireOpen();
        RegionalClient present = clients.get(region);
        return present != null ? present : clients.computeIfAbsent(region, this::unbuilt);
    }

    private RegionalClient unbuilt(String region) {
        Optional<Semaphore> connections =
                hasProgramClients() ? Optional.empty() : Optional.of(new Semaphore(options.maxConnections(), true));
        return new RegionalClient(region, connections, () -> build(Region.of(region)));
    }

    /**
     * Returns the client of the SDK's default Region. The first search for it may call another service.
     *
     * @throws KmsException if no Region is found in time
     */
    RegionalClient inDefaultRegion(Limits.Budget budget) {
        requireOpen();
        try {
            return in(defaultRegion.get(budget));
        } catch (CancellationException | RejectedExecutionException e) {
            throw closed();
        }
    }

    /**
     * Builds the client of a Region, unless it is built, and finds credentials, unless usable ones are known. Call this
     * before an attempt, because the time limit of an attempt does not include this work. If the program supplies the
     * credentials, the SDK gets them later, during the attempt.
     *
     * @throws SdkException if no credentials are found in time
     */
    @SuppressWarnings("try") // the variable has no use: the search gets the attempt from the watch
    void prepare(RegionalClient regional, Limits.Budget budget) {
        regional.client();
        if (credentials instanceof TimedCredentials timed && !timed.areAvailable()) {
            try (RequestWatch.Attempt search = transport.watch().begin(budget.deadline())) {
                timed.resolveCredentials();
            } catch (CancellationException | RejectedExecutionException e) {
                throw closed();
            }
        }
    }

    /**
     * Returns the id of the access key that signs the requests. The id is not secret.
     *
     * @throws KmsException if no credentials are found in time, or the provider is closed meanwhile
     */
    @SuppressWarnings("try") // the variable has no use: the search gets the attempt from the watch
    String accessKeyId(Limits.Budget budget) {
        try (RequestWatch.Attempt search = transport.watch().begin(budget.deadline())) {
            return credentials.resolveCredentials().accessKeyId();
        } catch (CancellationException | RejectedExecutionException e) {
            throw closed();
        } catch (SdkException e) {
            throw UnansweredCall.exception("", FailedAttempt.of(e));
        }
    }

    /**
     * Waits between two requests.
     *
     * @throws KmsException if the provider is closed meanwhile
     * @throws InterruptedException if the thread is interrupted
     */
    void pause(Duration duration) throws InterruptedException {
        if (!duration.isZero() && transport.watch().pause(duration)) {
            throw closed();
        }
    }

    /**
     * Checks that the provider is not closed. Call this also after a failure, because closing a client makes its calls
     * in progress fail in many ways.
     *
     * @throws KmsException if the provider is closed
     */
    void requireOpen() {
        if (transport.isClosed()) {
            throw closed();
        }
    }

    private static KmsException closed() {
        return new KmsException(
                "the provider is closed; build another provider, and get keys and engines from it",
                KmsException.Failure.of("CLOSED"),
                null);
    }

    private RegionalClient.Built build(Region region) {
        requireOpen();
        return programClient(region)
                .map(own -> new RegionalClient.Built(own, Optional.empty()))
                .orElseGet(() -> buildFromOptions(region));
    }

    private Optional<KmsClient> programClient(Region region) {
        try {
            return source.client(region);
        } catch (KmsException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new KmsException(
                    "the program's function in KmsProvider.builder().clients(...) failed for Region " + region + " ("
                            + reason(e) + ")",
                    KmsException.Failure.of("BAD_CONFIGURATION"),
                    SdkFailure.of(e));
        }
    }

    /** Returns the text of an exception, or its type if it has no text. */
    private static String reason(RuntimeException failure) {
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : ForeignText.of(text);
    }

    private RegionalClient.Built buildFromOptions(Region region) {
        prepareRetries();
        WatchedHttpClient http = transport.client(options.maxConnections(), options.callTimeout());
        try {
            KmsClient client = OwnClassLoader.call(() -> builder(region, http).build());
            client.serviceClientConfiguration().endpointOverride().ifPresent(this::warnIfWithoutTls);
            return new RegionalClient.Built(client, Optional.of(http));
        } catch (LinkageError mixedVersions) {
            throw SdkClientException.create(String.valueOf(mixedVersions.getMessage()), mixedVersions);
        } catch (RuntimeException e) {
            // the SDK has no common exception for a wrong variable or profile, such as an endpoint without scheme
            throw new KmsException(
                    "the AWS SDK cannot be configured: " + reason(e)
                            + "; check the variables AWS_*, such as AWS_ENDPOINT_URL_KMS, and the AWS configuration"
                            + " files",
                    KmsException.Failure.of("BAD_CONFIGURATION"),
                    SdkFailure.of(e));
        }
    }

    /** Reads the retry mode with the first client, so that a wrong mode is an error even if no request fails. */
    private synchronized void prepareRetries() {
        if (retries == null) {
            retries = new Retries(options.profile().orElse(null));
        }
    }

    /** Returns the proxies of the requests so far. */
    Set<HttpProxy> proxies() {
        return clients.values().stream()
                .flatMap(regional -> regional.path().flatMap(NetworkPath::proxy).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Closes the clients that the provider built. Their {@link Transport} must be closed before. The program's own
     * clients stay open.
     */
    @Override
    public void close() {
        clients.values().forEach(RegionalClient::close);
        clients.clear();
        chain.close();
    }

    private void warnIfWithoutTls(URI endpoint) {
        boolean isThisMachine = endpoint.getHost() != null
                && LOOPBACK.matcher(endpoint.getHost()).matches();
        if ("http".equalsIgnoreCase(endpoint.getScheme()) && !isThisMachine) {
            log.connections()
                    .once("endpoint " + withoutLogin(endpoint)
                            + " has no TLS: everybody on the network path can read the requests"
                            + " and fake the answers; use https");
        }
    }

    /** Returns the URL without user and password. A URL from a variable of the AWS SDK may contain them. */
    static String withoutLogin(URI endpoint) {
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

    /**
     * Configures a client to make one attempt without a time limit, because {@link Operation} repeats failed requests
     * and limits their time.
     */
    private void configure(ClientOverrideConfiguration.Builder override) {
        options.profile().ifPresent(override::defaultProfileName);
        override.retryStrategy(AwsRetryStrategy.doNotRetry())
                .addExecutionInterceptor(new AnswerGuard(transport.watch()));
        override.putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, USER_AGENT);
        source.configure(override);
    }
}

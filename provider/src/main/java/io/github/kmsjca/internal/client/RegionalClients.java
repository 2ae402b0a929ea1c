package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.internal.text.Warnings;
import io.github.kmsjca.key.KmsException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** The KMS clients, one for each Region. Each is built on first use and lives as long as the provider. Thread-safe. */
final class RegionalClients implements AutoCloseable {
    /** Hosts that mean this machine, in the spellings that need no name resolution. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0(:0){6}:1]");

    private final KmsSettings settings;
    private final ClientSource source;
    private final Warnings warnings;
    private final Consumer<ClientOverrideConfiguration.Builder> more;
    private final CredentialChain credentials;
    private final Map<String, KmsClient> clients = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RegionalClients(KmsSettings settings, ClientSource source, Warnings warnings) {
        this(settings, source, warnings, override -> {});
    }

    /** Creates clients with additional configuration. */
    RegionalClients(
            KmsSettings settings,
            ClientSource source,
            Warnings warnings,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        this.settings = settings;
        this.source = source;
        this.warnings = warnings;
        this.more = more;
        this.credentials = new CredentialChain(settings.profile().orElse(null));
    }

    /** Returns whether the clients are the program's own. */
    boolean isOwn() {
        return source.isOwn();
    }

    /** Returns the client of a Region, or of the configured Region if {@code region} is null. */
    KmsClient in(@Nullable String region) {
        String name = region != null ? region : settings.region().orElse("");
        KmsClient present = clients.get(name);
        return present != null && !closed ? present : build(name);
    }

    private synchronized KmsClient build(String name) {
        requireOpen();
        KmsClient client = clients.get(name);
        if (client == null) {
            Region region = name.isEmpty() ? OwnClassLoader.call(this::defaultRegion) : Region.of(name);
            client = supplied(region).orElseGet(() -> build(region));
            clients.put(name, client);
        }
        return client;
    }

    /**
     * Checks that the clients are not closed. A call in progress fails in many ways when its client is closed.
     *
     * @throws KmsException if they are closed
     */
    void requireOpen() {
        if (closed) {
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

    private KmsClient build(Region region) {
        try {
            KmsClient client = OwnClassLoader.call(() -> builder(region).build());
            client.serviceClientConfiguration().endpointOverride().ifPresent(this::warnIfWithoutTls);
            return client;
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

    /** Closes the clients that the provider built. The program's own clients stay open. Calls in progress may fail. */
    @Override
    public synchronized void close() {
        closed = true;
        if (!source.isOwn()) {
            clients.values().forEach(KmsClient::close);
        }
        clients.clear();
        credentials.close();
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

    private KmsClientBuilder builder(Region region) {
        KmsClientBuilder builder = KmsClient.builder()
                .region(region)
                .credentialsProvider(source.credentials().orElse(credentials))
                .overrideConfiguration(this::limit);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    private void limit(ClientOverrideConfiguration.Builder override) {
        settings.profile().ifPresent(override::defaultProfileName);
        override.apiCallTimeout(settings.callTimeout())
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .retryStrategy(retries -> retries.maxAttempts(settings.attempts()))
                .addExecutionInterceptor(new AnswerGuard());
        more.accept(override);
    }

    private Region defaultRegion() {
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            settings.profile().ifPresent(chain::profileName);
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new KmsException(
                    "no AWS Region is known; set AWS_REGION or the setting region, or name the key by its ARN",
                    KmsException.Failure.of("NO_REGION"),
                    SdkFailure.of(e));
        }
    }
}

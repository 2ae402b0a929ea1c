package io.github.kmsjca.client;

import io.github.kmsjca.config.ForeignText;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.Warnings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * The SDK's clients, one for each Region, built when first asked for and kept as long as the provider. Thread-safe.
 */
final class RegionalClients {
    /** A host that means this machine, in the forms that need no look-up. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0(:0){6}:1]");

    private final KmsSettings settings;
    private final Warnings warnings;
    private final Consumer<ClientOverrideConfiguration.Builder> more;
    private final Map<String, KmsClient> clients = new ConcurrentHashMap<>();

    RegionalClients(KmsSettings settings, Warnings warnings) {
        this(settings, warnings, override -> {});
    }

    /** Makes clients that are configured in one more way. */
    RegionalClients(KmsSettings settings, Warnings warnings, Consumer<ClientOverrideConfiguration.Builder> more) {
        this.settings = settings;
        this.warnings = warnings;
        this.more = more;
    }

    /** Returns the client of a Region, or of the configured one if {@code region} is empty. */
    KmsClient in(Optional<String> region) {
        return clients.computeIfAbsent(region.or(settings::region).orElse(""), this::build);
    }

    private KmsClient build(String region) {
        Region named = region.isEmpty() ? OwnClassLoader.call(this::defaultRegion) : Region.of(region);
        try {
            KmsClient client = OwnClassLoader.call(() -> builder(named).build());
            client.serviceClientConfiguration().endpointOverride().ifPresent(this::warnIfOpen);
            return client;
        } catch (RuntimeException e) {
            // the SDK has no type for variables and profile files that it cannot use, such as an endpoint without
            // scheme
            throw new KmsException(
                    "BAD_CONFIGURATION",
                    false,
                    "the AWS SDK cannot be configured: " + ForeignText.of(String.valueOf(e.getMessage()))
                            + "; check the variables AWS_*, such as AWS_ENDPOINT_URL_KMS, and the AWS configuration files",
                    e);
        }
    }

    private void warnIfOpen(URI endpoint) {
        boolean here = endpoint.getHost() != null
                && LOOPBACK.matcher(endpoint.getHost()).matches();
        if ("http".equalsIgnoreCase(endpoint.getScheme()) && !here) {
            warnings.once(
                    "endpoint " + shown(endpoint) + " has no TLS: everybody on the way there can read the requests and"
                            + " answer in place of KMS; use https");
        }
    }

    /** Returns a URL without user and password, which variables of the AWS SDK may hold. */
    static String shown(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority().replaceFirst(".*@", "")
                + endpoint.getRawPath();
    }

    private KmsClientBuilder builder(Region region) {
        KmsClientBuilder builder = KmsClient.builder()
                .region(region)
                .credentialsProvider(new CredentialChain(settings.profile()))
                .overrideConfiguration(this::limit);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    private void limit(ClientOverrideConfiguration.Builder override) {
        settings.profile().ifPresent(override::defaultProfileName);
        override.apiCallTimeout(settings.callTimeout())
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .retryStrategy(retries -> retries.maxAttempts(settings.attempts()));
        more.accept(override);
    }

    private Region defaultRegion() {
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            settings.profile().ifPresent(chain::profileName);
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new KmsException(
                    "NO_REGION",
                    false,
                    "no AWS Region is known; set AWS_REGION or the setting region, or name the key by its ARN",
                    e);
        }
    }
}

package io.github.kmsjca.client;

import io.github.kmsjca.config.KmsSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
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
    private final KmsSettings settings;
    private final Map<String, KmsClient> clients = new ConcurrentHashMap<>();

    RegionalClients(KmsSettings settings) {
        this.settings = settings;
    }

    /** Returns the client of a Region, or of the configured one if {@code region} is empty. */
    KmsClient in(Optional<String> region) {
        return clients.computeIfAbsent(region.or(settings::region).orElse(""), this::build);
    }

    /**
     * The class loader of the thread is pinned to ours meanwhile: the SDK looks for its parts with it, and in a tool
     * that loaded us with {@code -providerpath} it does not see them.
     */
    private KmsClient build(String region) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(RegionalClients.class.getClassLoader());
        try {
            return builder(region).build();
        } catch (IllegalArgumentException | NullPointerException e) {
            // so the SDK reports variables and profile files that it cannot use, such as an endpoint without scheme
            throw new KmsException(
                    "BAD_CONFIGURATION",
                    false,
                    "the AWS SDK cannot be configured: " + e.getMessage()
                            + "; check the variables AWS_* and the AWS configuration files",
                    e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private KmsClientBuilder builder(String region) {
        KmsClientBuilder builder = KmsClient.builder()
                .region(region.isEmpty() ? defaultRegion() : Region.of(region))
                .credentialsProvider(credentials())
                .overrideConfiguration(this::limit);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    private void limit(ClientOverrideConfiguration.Builder override) {
        settings.profile().ifPresent(override::defaultProfileName);
        override.apiCallTimeout(settings.callTimeout())
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .retryStrategy(retries -> retries.maxAttempts(settings.attempts()));
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

    private AwsCredentialsProvider credentials() {
        DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
        settings.profile().ifPresent(chain::profileName);
        DefaultCredentialsProvider credentials = chain.build();
        return () -> {
            try {
                return credentials.resolveCredentials();
            } catch (SdkClientException e) {
                throw new MissingCredentialsException(e);
            }
        };
    }
}

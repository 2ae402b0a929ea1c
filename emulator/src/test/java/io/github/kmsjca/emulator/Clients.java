package io.github.kmsjca.emulator;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.SignRequest;

/** SDK clients of an emulator, and a request that they can send. */
final class Clients {
    private Clients() {}

    /** Returns a client that tries each request once, for the first Region of the emulator. */
    static KmsClient withoutRetries(KmsEmulator emulator) {
        return withAttempts(emulator, 1);
    }

    /** Returns a client that tries each request once, for the given Region. */
    static KmsClient withoutRetries(KmsEmulator emulator, String region) {
        return withAttempts(emulator, region, 1);
    }

    /**
     * Returns a client that tries each request up to {@code attempts} times, without a pause between attempts, for the
     * first Region of the emulator.
     */
    static KmsClient withAttempts(KmsEmulator emulator, int attempts) {
        return withAttempts(emulator, emulator.region(), attempts);
    }

    private static KmsClient withAttempts(KmsEmulator emulator, String region, int attempts) {
        return KmsClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                // the largest test sends requests from 128 threads at once
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(128))
                .overrideConfiguration(
                        configuration -> configuration.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(attempts)
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
                .build();
    }

    /** Returns a {@code Sign} request that succeeds with any P-256 signing key. */
    static SignRequest sign(String key) {
        return SignRequest.builder()
                .keyId(key)
                .message(SdkBytes.fromUtf8String("a message"))
                .signingAlgorithm("ECDSA_SHA_256")
                .build();
    }
}

package io.github.kmsjca.internal.client;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The source of the KMS clients: the program's own, or clients that the provider builds.
 *
 * @param credentials the program's credentials; null for the SDK's default chain
 * @param clients returns the program's own client for a Region, which the provider never closes; null if the provider
 *     builds the clients
 */
public record ClientSource(
        @Nullable AwsCredentialsProvider credentials,
        @Nullable Function<Region, KmsClient> clients) {

    /** The provider builds the clients from the settings, with the SDK's default chain for credentials. */
    public static final ClientSource BY_SETTINGS = new ClientSource(null, null);

    /** Returns whether the clients are the program's own. */
    public boolean isOwn() {
        return clients != null;
    }
}

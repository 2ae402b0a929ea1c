package io.github.kmsjca.internal.client;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * What a program gives for the clients of the SDK.
 *
 * @param credentials where credentials come from; null for the SDK's own search
 * @param clients returns the program's own client of a Region, which stays the program's to close; null if clients are
 *     built here
 */
public record ClientSource(
        @Nullable AwsCredentialsProvider credentials,
        @Nullable Function<Region, KmsClient> clients) {

    /** Clients that are built here by the settings, with the SDK's own search for credentials. */
    public static final ClientSource BY_SETTINGS = new ClientSource(null, null);

    /** Returns whether the clients are the program's own. */
    public boolean isOwn() {
        return clients != null;
    }
}

package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.NetworkPath;
import io.github.kmsjca.internal.client.http.WatchedHttpClient;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The KMS client of one Region.
 *
 * @param region the Region
 * @param client the client
 * @param http sends its requests; empty if the client is the program's own
 * @param health the failures of the Region
 */
record RegionalClient(String region, KmsClient client, Optional<WatchedHttpClient> http, RegionHealth health)
        implements AutoCloseable {
    /** Returns the permits to use a connection; empty if the client is the program's own. */
    Optional<Semaphore> connections() {
        return http.map(WatchedHttpClient::connections);
    }

    /** Returns the network path of the requests; empty before the first request, or if the client is the program's own. */
    Optional<NetworkPath> path() {
        return http.flatMap(WatchedHttpClient::path);
    }

    /** Closes the client, unless it is the program's own. */
    @Override
    public void close() {
        http.ifPresent(ours -> {
            client.close();
            ours.close();
        });
    }
}

package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.NetworkPath;
import io.github.kmsjca.internal.client.http.WatchedHttpClient;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/** The KMS client of one Region. It is built for the first request. Thread-safe. */
final class RegionalClient implements AutoCloseable {
    private final String region;
    private final Optional<Semaphore> connections;
    private final Supplier<Built> builder;
    private final RegionHealth health = new RegionHealth();
    private volatile @Nullable Built built;

    /**
     * A client that has been built.
     *
     * @param client the client
     * @param http sends its requests; empty if the client is the program's own
     */
    record Built(KmsClient client, Optional<WatchedHttpClient> http) {}

    /**
     * Creates a client.
     *
     * @param connections the permits to use a connection; empty if the client is the program's own
     * @param builder builds the client
     */
    RegionalClient(String region, Optional<Semaphore> connections, Supplier<Built> builder) {
        this.region = region;
        this.connections = connections;
        this.builder = builder;
    }

    /** Returns the name of the Region. */
    String region() {
        return region;
    }

    /** Returns what is known about outages of the Region. */
    RegionHealth health() {
        return health;
    }

    /** Returns the permits to use a connection; empty if the client is the program's own. */
    Optional<Semaphore> connections() {
        return connections;
    }

    /** Returns the client. */
    KmsClient client() {
        Built present = built;
        return present == null ? build() : present.client;
    }

    private synchronized KmsClient build() {
        Built made = built;
        if (made == null) {
            made = builder.get();
            built = made;
        }
        return made.client;
    }

    /**
     * Returns the network path of the requests; empty before the first request, or if the client is the program's own.
     */
    Optional<NetworkPath> path() {
        return Optional.ofNullable(built).flatMap(Built::http).flatMap(WatchedHttpClient::path);
    }

    /**
     * Closes the client, unless it is the program's own. Does not wait for the program's function that returns its
     * client.
     */
    @Override
    public void close() {
        boolean isByProgram = connections.isEmpty();
        if (!isByProgram) {
            closeBuilt();
        }
    }

    private synchronized void closeBuilt() {
        Built present = built;
        if (present != null) {
            present.http.ifPresent(ours -> {
                present.client.close();
                ours.close();
            });
        }
    }
}

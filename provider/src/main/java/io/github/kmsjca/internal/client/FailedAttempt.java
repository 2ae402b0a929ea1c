package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.client.http.HttpProxy;
import io.github.kmsjca.internal.client.http.NetworkPath;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A failed attempt of an operation.
 *
 * @param failure why it failed
 * @param path the network path of the request; empty if it is not known
 */
record FailedAttempt(SdkException failure, Optional<NetworkPath> path) {
    /** Returns a failed attempt whose network path is not known or does not matter. */
    static FailedAttempt of(SdkException failure) {
        return new FailedAttempt(failure, Optional.empty());
    }

    /** Returns the proxy of the request; empty if there is none, or if the network path is not known. */
    Optional<HttpProxy> proxy() {
        return path.flatMap(NetworkPath::proxy);
    }
}

package io.github.kmsjca.internal.client.http;

import java.time.Duration;

/**
 * What an HTTP client is built for.
 *
 * @param maxConnections the maximum number of connections
 * @param requestTimeout the time limit of one request
 * @param path the network path of the requests
 * @param background runs what cannot be aborted
 */
record ClientPurpose(int maxConnections, Duration requestTimeout, NetworkPath path, Background background) {
    /** The time limit for connecting to one address. It is short, because a host name may have several addresses. */
    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** The maximum length of an answer in bytes. The longest answer from KMS, a page of aliases, is much shorter. */
    static final int MAX_ANSWER_LENGTH = 1 << 20;

    Duration connectTimeout() {
        return requestTimeout.compareTo(MAX_CONNECT_TIMEOUT) < 0 ? requestTimeout : MAX_CONNECT_TIMEOUT;
    }
}

package io.github.kmsjca.internal.client.http;

import java.time.Duration;

/**
 * What an HTTP client is built for.
 *
 * @param maxConnections the maximum number of connections
 * @param longest the time limit of one request
 * @param path the network path of the requests
 * @param background runs what cannot be aborted
 */
record ClientPurpose(int maxConnections, Duration longest, NetworkPath path, Background background) {
    /** The time limit of one TCP connect; a host name may have several addresses. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    /** The maximum length of an answer in bytes. The longest real answer, one page of aliases, is much shorter. */
    static final int LONGEST_ANSWER = 1 << 20;

    Duration connectTimeout() {
        return longest.compareTo(LONGEST_CONNECT) < 0 ? longest : LONGEST_CONNECT;
    }
}

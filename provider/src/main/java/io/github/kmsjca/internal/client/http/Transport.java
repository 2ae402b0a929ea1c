package io.github.kmsjca.internal.client.http;

import java.time.Duration;

/** What all HTTP clients of a provider share: the watch over their requests, and the threads. Thread-safe. */
public final class Transport implements AutoCloseable {
    private final RequestWatch watch = new RequestWatch();
    private final Background background = new Background(watch);

    /** Returns the watch, which ends attempts. */
    public RequestWatch watch() {
        return watch;
    }

    /** Returns the threads for work that nothing can abort. */
    public Background background() {
        return background;
    }

    /**
     * Returns a new HTTP client for one endpoint.
     *
     * @param maxConnections the maximum number of connections
     * @param requestTimeout the time limit of one request; a {@link RequestWatch.Attempt} can end it earlier
     */
    public WatchedHttpClient client(int maxConnections, Duration requestTimeout) {
        return new WatchedHttpClient(watch, background, maxConnections, requestTimeout);
    }

    /** Returns whether this transport is closed. All attempts then end at once. */
    public boolean isClosed() {
        return watch.isClosed();
    }

    /** Ends all attempts, and closes {@link #background}. The HTTP clients must be closed afterwards. */
    @Override
    public void close() {
        try {
            watch.close();
        } finally {
            background.close();
        }
    }
}

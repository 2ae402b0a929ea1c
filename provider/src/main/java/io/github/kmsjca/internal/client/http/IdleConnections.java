package io.github.kmsjca.internal.client.http;

import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.http.Abortable;

/**
 * Closes the connections to one endpoint that the JDK keeps for later requests. These connections belong to the whole
 * JVM, and the JDK has no method that closes them. But aborting a request closes one idle connection to its host, if
 * the answer to the request was read to the end and not closed. This class keeps such requests, and {@link #close}
 * aborts them. Thread-safe.
 */
final class IdleConnections implements AutoCloseable {
    /** The maximum number of idle connections that the JDK keeps for a host, unless a system property sets it. */
    private static final int DEFAULT_MAX_IDLE = 5;

    /** The maximum number of idle connections that the JDK keeps for a host. */
    private static final int MAX_IDLE = maxIdle(Integer.getInteger("http.maxConnections", DEFAULT_MAX_IDLE));

    /** Requests whose answer was read to the end, but not closed. */
    private final Deque<Abortable> finished = new ArrayDeque<>();

    private boolean closed;

    /**
     * Returns the maximum that the JDK uses. It ignores values below 1.
     *
     * @param property the value of the system property {@code http.maxConnections}
     */
    static int maxIdle(int property) {
        return property > 0 ? property : DEFAULT_MAX_IDLE;
    }

    /** Adds a request whose answer was read to the end, but not closed. After {@link #close}, aborts the request. */
    synchronized void add(Abortable request) {
        if (closed) {
            request.abort();
            return;
        }
        finished.addLast(request);
        if (finished.size() > MAX_IDLE) {
            finished.removeFirst();
        }
    }

    /** Closes up to {@link #MAX_IDLE} idle connections, as many as the JDK keeps. */
    @Override
    public synchronized void close() {
        closed = true;
        finished.forEach(Abortable::abort);
        finished.clear();
    }
}

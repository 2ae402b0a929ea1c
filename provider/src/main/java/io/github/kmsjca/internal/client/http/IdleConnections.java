package io.github.kmsjca.internal.client.http;

import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.http.Abortable;

/**
 * The connections to one endpoint that the JDK keeps for later requests. They belong to the whole JVM, and the JDK has
 * no method that closes them. But if the answer of a request was read to the end and not closed, aborting this request
 * closes an idle connection to the same host. Thread-safe.
 */
final class IdleConnections implements AutoCloseable {
    /** The maximum number of idle connections that the JDK keeps for a host. */
    private static final int MOST = Integer.getInteger("http.maxConnections", 5);

    private final Deque<Abortable> finished = new ArrayDeque<>();
    private boolean closed;

    /** Adds a request whose answer was read to the end, but not closed. */
    synchronized void add(Abortable request) {
        if (closed) {
            request.abort();
            return;
        }
        finished.addLast(request);
        if (finished.size() > MOST) {
            finished.removeFirst();
        }
    }

    /** Closes as many idle connections as there can be. */
    @Override
    public synchronized void close() {
        closed = true;
        finished.forEach(Abortable::abort);
        finished.clear();
    }
}

package io.github.kmsjca.emulator.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The log of requests, oldest first. Safe for use by many threads.
 *
 * <p>A request is in the log before its answer is sent. The log keeps the last {@value #MOST} requests.
 */
public final class RequestLog {
    static final int MOST = 10_000;

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();

    /** Adds a request. */
    public synchronized void add(LoggedRequest request) {
        if (requests.size() == MOST) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Returns a copy of the log. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** Returns a copy of the log with the requests of one operation only. */
    public List<LoggedRequest> of(String operation) {
        return all().stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    /** Clears the log. */
    public synchronized void clear() {
        requests.clear();
    }
}

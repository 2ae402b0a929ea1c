package io.github.kmsjca.emulator.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The log of requests, oldest first. Safe for use by many threads.
 *
 * <p>A request is in the log before its answer is sent. The log keeps the last {@value #CAPACITY} requests.
 */
public final class RequestLog {
    static final int CAPACITY = 10_000;

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();

    /** Adds a request. */
    public synchronized void add(LoggedRequest request) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Returns a copy of the log. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** Returns a list of the requests for one operation. */
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

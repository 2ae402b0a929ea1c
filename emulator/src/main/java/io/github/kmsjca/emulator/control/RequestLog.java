package io.github.kmsjca.emulator.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last requests, oldest first. Safe for use by many threads.
 *
 * <p>A request is in the log before its answer is sent. Of a long run only the last {@value #MOST} requests are kept.
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

    /** Returns the requests up to now; the list does not change. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** Returns the requests of one operation up to now; the list does not change. */
    public List<LoggedRequest> of(String operation) {
        return all().stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        requests.clear();
    }
}

package io.github.kmsjca.emulator.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The faults that can still affect requests, in the order in which they were added. Safe for use by many threads.
 *
 * <p>The first fault that matches a request affects it. If this fault is a delay, the next fault that matches also
 * affects the request.
 */
public final class Faults {
    private final List<PendingFault> pending = new CopyOnWriteArrayList<>();

    /** Adds a fault at the end of the list. */
    public Faults add(Fault fault) {
        pending.add(new PendingFault(fault, new AtomicLong(fault.match().count())));
        return this;
    }

    /** Removes all faults. */
    public void clear() {
        pending.clear();
    }

    /** Returns the number of faults that can still affect requests. */
    public int size() {
        return pending.size();
    }

    /**
     * Returns the actions for a request. Counts the request for each fault that affects the request, and removes a
     * fault when its count is reached.
     *
     * @param region the Region that the request is for
     * @param names the key identifiers and alias names in the request
     * @return delays, and at most one other action at the end
     */
    public List<FaultAction> take(String operation, String region, Collection<String> names) {
        if (pending.isEmpty()) {
            return List.of();
        }
        List<FaultAction> actions = new ArrayList<>();
        for (PendingFault candidate : pending) {
            if (candidate.fault.match().matches(operation, region, names) && countDown(candidate)) {
                actions.add(candidate.fault.action());
                if (!(candidate.fault.action() instanceof FaultAction.Delay)) {
                    break;
                }
            }
        }
        return actions;
    }

    /** Counts a request and returns true, or returns false if the count of the fault was already reached. */
    private boolean countDown(PendingFault candidate) {
        long before = candidate.remaining.getAndUpdate(remaining -> Math.max(0, remaining - 1));
        if (before <= 1) {
            pending.remove(candidate);
        }
        return before > 0;
    }

    /**
     * A fault and the number of requests that it still affects. No two instances are equal, because {@link AtomicLong}
     * does not override {@code equals}. So removing one instance does not remove another one with the same fault.
     */
    private record PendingFault(Fault fault, AtomicLong remaining) {}
}

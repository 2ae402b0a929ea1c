package io.github.kmsjca.internal.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The Regions of one operation, in the order in which they are tried.
 *
 * @param targets the Regions to try
 * @param skipped the Regions with an open circuit breaker that are tried only if the others do not succeed
 * @param isWithoutRetries whether all circuit breakers are open, and none because of throttling. No attempt is then
 *     repeated.
 */
record Route(List<Target> targets, List<Target> skipped, boolean isWithoutRetries) {

    /** Returns whether there are several Regions. */
    boolean isFailover() {
        return targets.size() + skipped.size() > 1;
    }

    /** Returns the route of an operation that has only one Region. */
    static Route only(Target target) {
        return new Route(List.of(target), List.of(), false);
    }

    /**
     * Returns the route of an operation on a multi-Region key. It contains the Regions with closed circuit breakers or,
     * if there are none, the throttled Regions. If a Region before all of these in the order of preference is due for a
     * probe, the route begins with that Region. If all breakers are open and no Region is throttled, the route contains
     * only the Region whose next probe is due first.
     *
     * @param all the Regions in order of preference
     * @param now the time, as {@link System#nanoTime}
     */
    static Route inOrder(List<Target> all, long now) {
        List<Target> working = working(all, now);
        if (working.isEmpty()) {
            return lastResort(all, now);
        }
        List<Target> preferred = all.subList(0, all.indexOf(working.get(0)));
        return of(all, working, probe(preferred, now));
    }

    /**
     * Returns the route of an operation that may begin with any Region, to share the load. It may also begin with a
     * probe of any Region that is due for one. In all other respects it is like {@link #inOrder}.
     *
     * @param turn the number of operations before this one
     */
    static Route spread(List<Target> all, int turn, long now) {
        List<Target> working = working(all, now);
        if (working.isEmpty()) {
            return lastResort(all, now);
        }
        Collections.rotate(working, -Math.floorMod(turn, working.size()));
        return of(all, working, probe(all, now));
    }

    private static Route of(List<Target> all, List<Target> working, Optional<Target> probe) {
        List<Target> targets = new ArrayList<>(working);
        probe.ifPresent(due -> targets.add(0, due.asProbe()));
        List<Target> skipped = select(
                all,
                target -> !working.contains(target)
                        && probe.filter(target::equals).isEmpty());
        return new Route(targets, skipped, false);
    }

    private static Route lastResort(List<Target> all, long now) {
        // compares differences, because the values of System.nanoTime can overflow
        Target best = Collections.min(
                all, Comparator.comparingLong(target -> target.health().nextProbe(now) - now));
        return new Route(List.of(best), select(all, target -> !target.equals(best)), true);
    }

    /** Returns the Regions with closed breakers or, if there are none, the throttled Regions, because they answer. */
    private static List<Target> working(List<Target> all, long now) {
        List<Target> closed = select(all, target -> !target.health().isOpen(now));
        return closed.isEmpty() ? select(all, target -> target.health().isThrottled()) : closed;
    }

    /** Returns the Region that this operation, and no other one, must probe now; empty if there is none. */
    private static Optional<Target> probe(List<Target> candidates, long now) {
        return candidates.stream()
                .filter(target -> target.health().claimProbe(now))
                .findFirst();
    }

    private static List<Target> select(List<Target> all, Predicate<Target> wanted) {
        return new ArrayList<>(all.stream().filter(wanted).toList());
    }
}

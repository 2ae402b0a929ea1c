package io.github.kmsjca.internal.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Regions of one operation, in the order in which they are tried.
 *
 * @param targets the Regions to try
 * @param skipped the Regions that are not tried because of an open circuit breaker, with its reason
 * @param isLastResort whether all circuit breakers are open. Only one attempt is made then.
 */
record Route(List<Target> targets, Map<String, String> skipped, boolean isLastResort) {

    /** Returns whether there are several Regions. */
    boolean isFailover() {
        return targets.size() + skipped.size() > 1;
    }

    /** Returns the route of an operation that has only one Region. */
    static Route only(Target target) {
        return new Route(List.of(target), Map.of(), false);
    }

    /**
     * Returns the route of an operation on a multi-Region key. It contains the Regions with closed circuit breakers, and
     * before them one with an open breaker if the time for a probe has come. If all breakers are open, it contains only
     * the Region that may be probed first.
     *
     * @param all the Regions in order of preference
     * @param shift how many Regions to move from the front to the end, to share the load
     * @param now the time, as {@link System#nanoTime}
     */
    static Route of(List<Target> all, int shift, long now) {
        List<Target> targets = new ArrayList<>();
        List<Target> open = new ArrayList<>();
        all.forEach(target -> (target.health().isOpen(now) ? open : targets).add(target));
        if (targets.isEmpty()) {
            // a Region that throttles still answers
            open.stream().filter(target -> target.health().isThrottled()).forEach(targets::add);
            open.removeAll(targets);
        }
        boolean isLastResort = targets.isEmpty();
        if (isLastResort) {
            Target best = Collections.min(
                    open, Comparator.comparingLong(target -> target.health().nextProbe(now) - now));
            targets.add(best);
            open.remove(best);
        } else {
            Collections.rotate(targets, -shift);
            open.stream()
                    .filter(target -> target.health().shouldProbe(now))
                    .findFirst()
                    .ifPresent(due -> {
                        targets.add(0, new Target(due.regional(), due.key(), Target.Role.PROBE));
                        open.remove(due);
                    });
        }
        Map<String, String> skipped = new LinkedHashMap<>();
        open.forEach(target ->
                skipped.put(target.regional().region(), target.health().reason().orElse("")));
        return new Route(targets, skipped, isLastResort);
    }
}

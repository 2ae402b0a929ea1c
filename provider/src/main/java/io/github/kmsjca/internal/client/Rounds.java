package io.github.kmsjca.internal.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The Regions that an operation still has to try. A round tries each of them in turn. Not thread-safe. */
final class Rounds {
    private final boolean isWithoutRetries;
    private final Deque<Target> round;
    private final List<Target> nextRound = new ArrayList<>();
    private final List<Target> skipped;

    Rounds(Route route) {
        this.isWithoutRetries = route.isWithoutRetries();
        this.round = new ArrayDeque<>(route.targets());
        this.skipped = new ArrayList<>(route.skipped());
    }

    /**
     * Continues this round. Returns false if the round has no other Region. If neither this round nor the next one has
     * a Region, adds the skipped Regions to this round. This happens, for example, if no Region so far has the key.
     */
    boolean continueRound() {
        if (round.isEmpty() && nextRound.isEmpty()) {
            round.addAll(skipped);
            skipped.clear();
        }
        return !round.isEmpty();
    }

    /** Removes the Region to try next, and returns it. */
    Target next() {
        return round.remove();
    }

    /** Returns whether this round still has a Region with a closed circuit breaker. */
    boolean hasWorkingNext(long now) {
        return round.stream().anyMatch(target -> !target.health().isOpen(now));
    }

    /** Adds a Region as the next one to try. */
    void repeat(Target target) {
        round.addFirst(target);
    }

    /** Adds a Region to the next round. */
    void postpone(Target target) {
        nextRound.add(target);
    }

    /** Adds a Region to try, as an ordinary one, only if the other Regions do not succeed. */
    void skip(Target target) {
        skipped.add(target.asOrdinary());
    }

    /**
     * Begins another round, with the skipped Regions at its end. Returns false if there is no Region for it, or if the
     * route allows no other round ({@link Route#isWithoutRetries}).
     */
    boolean startAgain() {
        if (isWithoutRetries) {
            return false;
        }
        round.addAll(nextRound);
        round.addAll(skipped);
        nextRound.clear();
        skipped.clear();
        return !round.isEmpty();
    }
}

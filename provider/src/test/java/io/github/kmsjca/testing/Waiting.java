package io.github.kmsjca.testing;

import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for events, and collects garbage. The time limit for events is so long that only a hanging test reaches it. */
public final class Waiting {
    /** The limit in seconds. */
    public static final int LIMIT = 60;

    private static final int MAX_COLLECTIONS = 50;

    private Waiting() {}

    /** Waits for a latch. Fails at the limit. */
    public static void until(CountDownLatch event) {
        try {
            if (!event.await(LIMIT, TimeUnit.SECONDS)) {
                throw new AssertionError("the event did not happen");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until a condition is true. Fails at the limit. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the condition did not become true");
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Collects garbage until at most {@code most} of the objects are left, but not more than {@value #MAX_COLLECTIONS}
     * times. Returns how many objects are left.
     */
    public static long leftAfterCollection(List<? extends Reference<?>> objects, long most) {
        long left = objects.size();
        for (int round = 0; round < MAX_COLLECTIONS && left > most; round++) {
            System.gc();
            left = objects.stream().filter(object -> object.get() != null).count();
        }
        return left;
    }

    /** Waits for the end of a thread. Fails at the limit. */
    public static void untilEnded(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("the thread " + thread.getName() + " did not end");
        }
    }
}

package io.github.kmsjca.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The kind of threads that sign. */
enum ThreadKind {
    PLATFORM,
    VIRTUAL;

    /** The first Java version with virtual threads (JEP 444). */
    private static final int FIRST_WITH_VIRTUAL = 21;

    boolean isAvailable() {
        return this == PLATFORM || Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
    }

    /** Returns an executor with a thread for each of {@code count} tasks. */
    ExecutorService executor(int count) {
        return this == PLATFORM ? Executors.newFixedThreadPool(count) : virtual();
    }

    /** Finds the method in {@link Executors} by its name, because this code is compiled for Java 17. */
    private static ExecutorService virtual() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK has no virtual threads", e);
        }
    }
}

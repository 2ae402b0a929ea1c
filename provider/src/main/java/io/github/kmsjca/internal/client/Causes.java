package io.github.kmsjca.internal.client;

import java.util.ArrayList;
import java.util.List;

/** The chain of causes of an exception. */
public final class Causes {
    /** The maximum length of a chain, because a chain of causes may be circular. */
    static final int MAX_DEPTH = 20;

    private Causes() {}

    /** Returns an exception and its causes, from the outside to the inside, up to a maximum length. */
    public static List<Throwable> of(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable cause = failure;
        while (cause != null && chain.size() < MAX_DEPTH) {
            chain.add(cause);
            cause = cause.getCause();
        }
        return chain;
    }
}

package io.github.kmsjca.internal.text;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs warnings of one kind. Each object logs a text only once. Replaces characters that could harm a log. Thread-safe.
 */
public final class Warnings {
    /**
     * The maximum number of warnings. Without this limit, input from outside could fill memory and the log with new
     * texts.
     */
    private static final int MAX_WARNINGS = 1000;

    private final Logger logger;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** Creates warnings that go to a logger. */
    public Warnings(Logger logger) {
        this.logger = logger;
    }

    /** Logs a warning, unless it has been logged before or the maximum number of warnings has been logged. */
    public void once(String text) {
        if (logged.size() < MAX_WARNINGS && logged.add(text)) {
            logger.log(Level.WARNING, ForeignText.clean(text));
            if (logged.size() == MAX_WARNINGS) {
                logger.log(
                        Level.WARNING,
                        MAX_WARNINGS + " warnings like the last one have been logged, so new ones are not logged");
            }
        }
    }
}

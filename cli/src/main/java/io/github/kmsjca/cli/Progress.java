package io.github.kmsjca.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A line on the terminal that counts what is done. It appears if the work takes longer than a second, and disappears at
 * the end. Thread-safe.
 */
final class Progress {
    private static final long BEFORE_FIRST = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN = Duration.ofMillis(100).toNanos();

    /** Goes to the beginning of the line and deletes it (ECMA-48, EL). */
    private static final String DELETE_LINE = "\r\033[K";

    private final PrintWriter err;
    private final String text;
    private final LongSupplier clock;
    private long nextUpdate;
    private int done;
    private boolean isShown;

    /**
     * Creates a line.
     *
     * @param text the text after the number, such as {@code of 20 jars}
     * @param clock returns the time, as {@link System#nanoTime}
     */
    private Progress(PrintWriter err, String text, LongSupplier clock) {
        this.err = err;
        this.text = text;
        this.clock = clock;
        this.nextUpdate = clock.getAsLong() + BEFORE_FIRST;
    }

    /** Creates a line that is not shown yet. If standard error is not a terminal, the line is never shown. */
    static Progress of(Terminal terminal, PrintWriter err, String text) {
        // with a clock that stands still, the first second never ends
        return terminal.showsProgress() ? new Progress(err, text, System::nanoTime) : new Progress(err, text, () -> 0);
    }

    /** Creates a line that is shown even without a terminal, at the times of the given clock. For tests. */
    static Progress of(LongSupplier clock, PrintWriter err, String text) {
        return new Progress(err, text, clock);
    }

    /** Counts one more. */
    synchronized void count() {
        done++;
        long now = clock.getAsLong();
        // a difference, because nanoTime can overflow
        if (now - nextUpdate >= 0) {
            nextUpdate = now + BETWEEN;
            isShown = true;
            err.print(DELETE_LINE + done + " " + text);
            err.flush();
        }
    }

    /** Removes the line, so that other text can be printed. */
    synchronized void hide() {
        if (isShown) {
            isShown = false;
            err.print(DELETE_LINE);
            err.flush();
        }
    }
}

package io.github.kmsjca.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices changes of files. Looks at their names, sizes, times and permissions once a second at most. A thread never
 * waits for another thread. Thread-safe.
 */
public final class FileWatch {
    /** For how long after a look the files are assumed to be unchanged. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<List<String>> look;
    private final InstantSource clock;
    /** The time of the last look, in milliseconds since the epoch. */
    private final AtomicLong lastLook;

    private final AtomicBoolean isLooking = new AtomicBoolean();
    /** The state of the files that {@link #haveChanged} compares with; null if the files must be read again. */
    private volatile @Nullable List<String> state;

    /** The result of the last look. */
    private volatile List<String> lastSeen;

    /**
     * Creates a watch, and looks at the files. Create it before you read the files, so that it notices a change during
     * the read.
     *
     * @param look returns a text for each file; if a file changes, its text changes too
     */
    public FileWatch(Supplier<List<String>> look, InstantSource clock) {
        this.look = look;
        this.clock = clock;
        this.lastLook = new AtomicLong(clock.millis());
        this.lastSeen = look.get();
        this.state = lastSeen;
    }

    /** Creates a watch for one file. */
    public static FileWatch of(Path file, InstantSource clock) {
        return new FileWatch(() -> List.of(describe(file)), clock);
    }

    /** Returns a text that changes if the file changes, or becomes readable or unreadable. */
    static String describe(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            // a change of the permissions does not change the other values
            return file + " " + found.size() + " " + found.lastModifiedTime() + " " + found.fileKey() + " "
                    + Files.isReadable(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /**
     * Returns whether the files have changed since the watch was created, or since this method last returned true.
     * Returns false until two looks in a row have the same result, because the writer of a file may not have finished.
     * For each change, only one thread gets true, and this thread must read the files again.
     */
    public boolean haveChanged() {
        long last = lastLook.get();
        long now = clock.millis();
        // the clock may have been set back
        boolean isFresh = now >= last && now - last < INTERVAL.toMillis();
        if (isFresh || !isLooking.compareAndSet(false, true)) {
            return false;
        }
        try {
            List<String> found = look.get();
            boolean isSettled = found.equals(lastSeen);
            boolean haveChanged = isSettled && !found.equals(state);
            lastSeen = found;
            state = haveChanged ? found : state;
            return haveChanged;
        } finally {
            // also after a failed look; the interval begins when the look began
            lastLook.set(now);
            isLooking.set(false);
        }
    }

    /**
     * Makes the next look report a change, even if the files stay as they are. Call this if a read failed.
     */
    public void retry() {
        state = null;
    }
}

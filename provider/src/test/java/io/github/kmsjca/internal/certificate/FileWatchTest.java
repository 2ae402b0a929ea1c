package io.github.kmsjca.internal.certificate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileWatchTest {
    private Instant now = Instant.EPOCH;

    private boolean haveChanged(FileWatch watch) {
        now = now.plus(FileWatch.INTERVAL);
        return watch.haveChanged();
    }

    /** The folder stays empty, so only {@code retry} can cause the report. */
    @Test
    void retry_emptyFolder_reportsAChangeOnce() {
        FileWatch watch = new FileWatch(() -> List.of(), () -> now);
        assertFalse(haveChanged(watch));
        watch.retry();
        assertTrue(haveChanged(watch));
        assertFalse(haveChanged(watch));
    }
}

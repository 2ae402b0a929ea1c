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

    /** An empty folder has no file whose text could differ. */
    @Test
    void retry_emptyFolder_reportsAChangeOnceMore() {
        FileWatch watch = new FileWatch(() -> List.of(), () -> now);
        assertFalse(haveChanged(watch));
        watch.retry();
        assertTrue(haveChanged(watch));
        assertFalse(haveChanged(watch));
    }
}

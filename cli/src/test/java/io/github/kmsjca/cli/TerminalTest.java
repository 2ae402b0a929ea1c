package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which output gets colors and progress, and the line that shows progress. */
class TerminalTest {
    private final StringWriter err = new StringWriter();
    private final AtomicLong time = new AtomicLong();
    private final Progress progress = Progress.of(time::get, new PrintWriter(err), "of 9 keys");

    @ParameterizedTest
    @CsvSource({
        "true,  true,  '', xterm, true,  true",
        "false, true,  '', xterm, false, true",
        "true,  false, '', xterm, true,  false",
        // https://no-color.org: any value that is not empty turns colors off
        "true,  true,  0,  xterm, false, true",
        "true,  true,  '', dumb,  false, false"
    })
    void terminal_streamsAndEnvironment_decide(
            boolean outIsTerminal,
            boolean errIsTerminal,
            String noColor,
            String term,
            boolean colors,
            boolean progress) {
        assertEquals(
                new Terminal(colors, progress),
                Terminal.of(Map.of("NO_COLOR", noColor, "TERM", term), outIsTerminal, errIsTerminal));
    }

    private void countAt(long millis) {
        time.set(Duration.ofMillis(millis).toNanos());
        progress.count();
    }

    @Test
    void progress_quickWork_showsNothing() {
        countAt(10);
        countAt(999);
        progress.hide();
        assertEquals("", err.toString());
    }

    @Test
    void progress_slowWork_isShownAtMostTenTimesASecondAndThenHidden() {
        countAt(10);
        countAt(1000);
        countAt(1099);
        countAt(1100);
        progress.hide();
        progress.hide();
        assertEquals("\r\033[K2 of 9 keys\r\033[K4 of 9 keys\r\033[K", err.toString());
    }
}

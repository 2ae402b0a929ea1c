package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.cli.sign.JarResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** The JSON document with the results of {@code sign}. */
class SignReportTest {
    private static final JarResult SIGNED = new JarResult(Path.of("a.jar"), JarResult.Outcome.SIGNED, null);

    private final StringWriter out = new StringWriter();
    private final PrintWriter err = new PrintWriter(new StringWriter());

    private SignReport report() {
        return new SignReport(new PrintWriter(out), err, Progress.of(Terminal.NONE, err, "of 2 jars"), true);
    }

    private String document() throws IOException {
        return new ObjectMapper().readTree(out.toString()).toString();
    }

    @Test
    void json_interrupted_hasTheFinishedJarsOnce() throws IOException {
        try (SignReport report = report().open()) {
            report.add(SIGNED);
            report.printEarlyEnd();
            report.finish(List.of(SIGNED));
        }
        assertEquals(
                "{\"jars\":[{\"jar\":\"a.jar\",\"result\":\"signed\"}],\"error\":\"interrupted; a jar that is not"
                        + " listed is either signed or unchanged\"}",
                document());
    }

    @Test
    void json_finished_isNotReportedAsInterrupted() throws IOException {
        JarResult failed = new JarResult(Path.of("b.txt"), JarResult.Outcome.FAILED, new ZipException("no header"));
        try (SignReport report = report().open()) {
            report.add(SIGNED);
            report.add(failed);
            report.finish(List.of(SIGNED, failed));
            report.printEarlyEnd();
        }
        assertEquals(
                "{\"jars\":[{\"jar\":\"a.jar\",\"result\":\"signed\"},{\"jar\":\"b.txt\",\"result\":\"failed\","
                        + "\"error\":\"not a readable jar or zip file: no header\"}]}",
                document());
    }
}

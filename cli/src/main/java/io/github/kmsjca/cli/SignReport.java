package io.github.kmsjca.cli;

import io.github.kmsjca.cli.sign.JarResult;
import io.github.kmsjca.cli.sign.JarResult.Outcome;
import io.github.kmsjca.internal.text.ForeignText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/** Prints what becomes of each jar. Results go to standard output, and failures to standard error. */
final class SignReport {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Progress progress;
    private final boolean asJson;

    /**
     * Creates a report.
     *
     * @param progress counts the jars
     * @param asJson whether {@link #finish} prints the results as JSON. Otherwise each result is one line.
     */
    SignReport(PrintWriter out, PrintWriter err, Progress progress, boolean asJson) {
        this.out = out;
        this.err = err;
        this.progress = progress;
        this.asJson = asJson;
    }

    /** Reports one result. */
    void add(JarResult result) {
        progress.hide();
        String jar = ForeignText.of(result.jar());
        if (result.failure() != null) {
            err.println(Main.NAME + ": " + jar + ": " + text(result.failure()));
        } else if (!asJson) {
            out.println(name(result.outcome()) + "\t" + jar);
            out.flush();
        }
        err.flush();
        progress.count();
    }

    private static String text(Exception failure) {
        return ForeignText.clean(Main.text(failure));
    }

    private static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** Reports the sums; with JSON, also each result. */
    void finish(List<JarResult> results) throws IOException {
        progress.hide();
        Map<Outcome, Long> counts =
                results.stream().collect(Collectors.groupingBy(JarResult::outcome, Collectors.counting()));
        if (asJson) {
            out.print(JsonText.of(json -> write(json, results)));
        } else {
            out.println(list(outcome -> counts.getOrDefault(outcome, 0L) + " " + name(outcome)));
        }
        Output.flush(out);
    }

    private static String list(Function<Outcome, String> text) {
        return Arrays.stream(Outcome.values()).map(text).collect(Collectors.joining(", "));
    }

    private static void write(JsonGenerator json, List<JarResult> results) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("jars");
        for (JarResult result : results) {
            json.writeStartObject();
            json.writeStringField("jar", result.jar().toString());
            json.writeStringField("result", name(result.outcome()));
            if (result.failure() != null) {
                json.writeStringField("error", text(result.failure()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/**
 * Prints the result for each jar. Failures go to standard error, and all other results to standard output. The JSON
 * document on standard output contains all results.
 */
final class SignReport implements AutoCloseable {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Progress progress;
    private final boolean asJson;
    private final List<JarResult> resultsSoFar = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isPrinted = new AtomicBoolean();
    private final Thread hook = new Thread(this::printEarlyEnd);

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

    /** With JSON, makes sure that the results so far are printed if the process ends before {@link #close}. */
    SignReport open() {
        if (asJson) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return this;
    }

    /** Prints the results so far, and an error that says that some are missing. Does nothing after {@link #finish}. */
    void printEarlyEnd() {
        try {
            printJson(resultsSoFar, Optional.of("interrupted; a jar that is not listed is either signed or unchanged"));
        } catch (IOException e) {
            err.println(Main.NAME + ": " + Main.text(e));
        }
    }

    private void printJson(List<JarResult> results, Optional<String> error) throws IOException {
        if (isPrinted.compareAndSet(false, true)) {
            out.print(JsonText.of(json -> write(json, results, error)));
            Output.flush(out);
        }
    }

    /** Reports one result. */
    void add(JarResult result) {
        resultsSoFar.add(result);
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

    /** Prints all results as JSON, or the number of jars for each outcome as text. */
    void finish(List<JarResult> results) throws IOException {
        progress.hide();
        if (asJson) {
            printJson(results, Optional.empty());
            return;
        }
        Map<Outcome, Long> counts =
                results.stream().collect(Collectors.groupingBy(JarResult::outcome, Collectors.counting()));
        out.println(Arrays.stream(Outcome.values())
                .map(outcome -> counts.getOrDefault(outcome, 0L) + " " + name(outcome))
                .collect(Collectors.joining(", ")));
        Output.flush(out);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the JVM is shutting down and runs the hook
        }
    }

    private static void write(JsonGenerator json, List<JarResult> results, Optional<String> error) throws IOException {
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
        JsonText.writeOptional(json, "error", error);
        json.writeEndObject();
    }
}

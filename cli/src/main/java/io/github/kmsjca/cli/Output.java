package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The standard output of the command line. */
final class Output {
    private Output() {}

    static PrintWriter of(@Nullable CommandSpec spec) {
        return line(spec).getOut();
    }

    static CommandLine line(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new ProviderBug("a command runs without a command line");
        }
        return spec.commandLine();
    }

    /** Flushes the output. A PrintWriter does not report failures by itself. */
    static void flush(PrintWriter out) throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output cannot be written");
        }
    }
}

package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Standard output, as the command line has it. */
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

    /** Writes what is left, since a PrintWriter tells of failures only when it is asked. */
    static void flush(PrintWriter out) throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output cannot be written");
        }
    }
}

package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The standard output of the command line. */
final class Output {
    private Output() {}

    /**
     * Returns a writer to standard output that notices if it cannot write. {@link System#out} hides this, so a command
     * would succeed although its result is lost.
     */
    static PrintWriter standard() {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), encoding()), true);
    }

    /** Returns the encoding of standard output, as Java chooses it for {@link System#out}. */
    private static Charset encoding() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    /** Returns the writer for the result of a command. */
    static PrintWriter of(@Nullable CommandSpec spec) {
        return line(spec).getOut();
    }

    /**
     * Returns the command line of a command that runs.
     *
     * @param spec the command's field, which picocli sets before it runs the command
     */
    static CommandLine line(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new ProviderBug("a command runs without a command line");
        }
        return spec.commandLine();
    }

    /** Flushes the output. Fails if output was lost, for which a PrintWriter throws no exception. */
    static void flush(PrintWriter out) throws IOException {
        if (out.checkError()) {
            throw new IOException(
                    "standard output cannot be written; the disk may be full, or the program that reads it has ended");
        }
    }
}

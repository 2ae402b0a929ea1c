package io.github.kmsjca.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the result goes. */
final class OutputOption {
    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to; by default to standard output.")
    @Nullable
    Path file;

    void write(String text, PrintWriter standard) throws IOException {
        if (file == null) {
            standard.print(text);
            standard.flush();
        } else {
            Files.writeString(file, text);
        }
    }
}

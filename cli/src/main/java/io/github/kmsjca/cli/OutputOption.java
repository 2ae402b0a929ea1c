package io.github.kmsjca.cli;

import io.github.kmsjca.internal.keystore.file.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the output file. */
final class OutputOption {
    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Output file. Default: standard output.")
    @Nullable
    Path file;

    /** Writes the text. If writing to a regular file fails, the file is unchanged. */
    void write(String text, PrintWriter standard) throws IOException {
        if (file == null) {
            standard.print(text);
            Output.flush(standard);
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            // a pipe or a device cannot be replaced
            Files.writeString(file, text);
        } else {
            requireFolder(file.toAbsolutePath().getParent());
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void requireFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IOException(
                    "there is no folder " + folder + " for --out; create it, or name a file in another folder");
        }
    }
}

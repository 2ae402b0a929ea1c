package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.TestKms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs commands in this JVM, against the emulator. */
final class Commands {
    private Commands() {}

    /** The exit code and the output of a command. */
    record Result(int code, String out, String err) {
        Result requireCode(int expected) {
            assertEquals(expected, code, this::toString);
            return this;
        }
    }

    /**
     * Runs a command with the settings of {@link TestKms}. Spaces separate the words; {@code more} are further words,
     * which can contain spaces.
     */
    static Result run(String words, String... more) {
        return run(
                Main.commandLine(),
                Stream.concat(Arrays.stream(words.split(" ")), Stream.of(more)).toList(),
                TestKms.settings());
    }

    /** Runs a command with the given settings. */
    static Result run(CommandLine line, List<String> words, String settings) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = line.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(words.stream(), Stream.of("--settings", settings))
                        .toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}

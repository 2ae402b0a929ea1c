package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.tool.Tool;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import java.util.List;
import java.util.stream.Stream;

/** The commands of the one-file jar, run as {@code java -jar}. */
final class Commands {
    private Commands() {}

    /** Runs a command in a workplace. The command may fail. */
    static ToolResult run(Workplace place, String... arguments) {
        return Tool.JAVA.run(
                place.folder(),
                place.variables(),
                place.javaArguments(
                        Stream.concat(Stream.of("-jar", Workplace.allJar().toString()), Stream.of(arguments))
                                .toList()));
    }

    /** Returns the single error line of a failed command. */
    static String requireOneError(ToolResult result) {
        List<String> lines = result.output().lines().toList();
        assertEquals(1, lines.size(), result::output);
        assertTrue(lines.get(0).startsWith("kms-jca: "), result::output);
        assertEquals(1, result.exitCode(), result::output);
        return lines.get(0);
    }

    /** Fails if a command printed a stack trace. Otherwise, returns the same result. */
    static ToolResult requireNoStackTrace(ToolResult result) {
        assertFalse(result.output().contains("\tat "), result::output);
        return result;
    }
}

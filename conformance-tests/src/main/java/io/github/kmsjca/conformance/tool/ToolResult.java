package io.github.kmsjca.conformance.tool;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a run of a program ended.
 *
 * @param output what it printed to both of its streams
 */
public record ToolResult(List<String> command, int exitCode, String output) {

    /** Returns this result after a check that the run succeeded, without a prompt. */
    public ToolResult requireSuccess() {
        return require(exitCode == 0 && !hasPrompt(), "success");
    }

    /**
     * Returns the one line that tells why the run failed.
     *
     * @throws AssertionError unless the run failed with one line of error, without prompt and stack trace
     */
    public String requireOneError() {
        require(exitCode != 0 && !hasPrompt() && !output.contains("\tat "), "one line of error");
        List<String> errors = lines().filter(ToolResult::isError).toList();
        require(
                errors.size() == 1 && lines().toList().indexOf(errors.get(0)) == lines().count() - 1,
                "one last line of error");
        return errors.get(0);
    }

    /** Returns the lines of the output that are not blank. */
    public Stream<String> lines() {
        return output.lines().filter(line -> !line.isBlank());
    }

    private boolean hasPrompt() {
        return output.contains("Enter ") || output.contains("Re-enter") || output.contains("password");
    }

    private static boolean isError(String line) {
        return line.startsWith("keytool error: ") || line.startsWith("jarsigner");
    }

    private ToolResult require(boolean holds, String wanted) {
        if (!holds) {
            throw new AssertionError(
                    wanted + " wanted, but exit code " + exitCode + " of " + String.join(" ", command) + "\n" + output);
        }
        return this;
    }
}

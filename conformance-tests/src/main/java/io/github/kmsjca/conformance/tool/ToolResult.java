package io.github.kmsjca.conformance.tool;

import java.util.List;

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
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        boolean last = !lines.isEmpty() && isError(lines.get(lines.size() - 1));
        boolean once = lines.stream().filter(ToolResult::isError).count() == 1;
        require(exitCode != 0 && last && once && !hasPrompt() && !hasStackTrace(), "one line of error");
        return lines.get(lines.size() - 1);
    }

    private boolean hasStackTrace() {
        return output.contains("\tat ");
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

package io.github.kmsjca.conformance.tool;

import java.util.List;

/**
 * The result of running a tool.
 *
 * @param output the text that the tool printed on standard output and standard error
 */
public record ToolResult(List<String> command, int exitCode, String output) {

    /**
     * Checks that the exit code is 0 and that the tool did not ask for a password, and returns this result.
     *
     * @throws AssertionError if a check fails
     */
    public ToolResult requireSuccess() {
        return require(exitCode == 0 && !hasPrompt(), "success without a prompt");
    }

    /**
     * Checks that keytool or jarsigner failed and that the last line is its only error, and returns this line.
     *
     * @throws AssertionError if the run succeeded, did not end with its only error, or printed a prompt or a stack
     *     trace
     */
    public String requireOneError() {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        boolean endsWithError = !lines.isEmpty() && isError(lines.get(lines.size() - 1));
        boolean hasOneError = lines.stream().filter(ToolResult::isError).count() == 1;
        boolean holds = exitCode != 0 && endsWithError && hasOneError && !hasPrompt() && !hasStackTrace();
        require(holds, "one error line at the end");
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
            throw new AssertionError("expected " + wanted + ", but got exit code " + exitCode + " from "
                    + String.join(" ", command) + "\n" + output);
        }
        return this;
    }
}

package io.github.kmsjca.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of all commands. A test compares {@code docs/commands.md} with these rows. */
enum ExitStatus {
    SUCCESS(0, "The command succeeded."),
    FAILURE(1, "The command failed, or `check` found a problem, such as a wrong setting."),
    USAGE(2, "An option, argument or setting is wrong; only `check` exits with 1 for a wrong setting."),
    // the JVM exits with 128 plus the number of the signal
    INTERRUPTED(130, "The command was interrupted, for example with Ctrl-C (SIGINT)."),
    TERMINATED(143, "The command was ended by another process (SIGTERM).");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** Returns what the exit code means, in Markdown. */
    String meaning() {
        return meaning;
    }

    /** Returns the codes and their meanings for the help text. */
    static Map<String, String> forHelp() {
        Map<String, String> rows = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(row -> rows.put(Integer.toString(row.code), row.meaning.replace("`", "")));
        return rows;
    }
}

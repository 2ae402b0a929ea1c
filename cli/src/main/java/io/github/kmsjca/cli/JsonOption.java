package io.github.kmsjca.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The option for output that programs read. */
final class JsonOption {
    private static final String NAME = "--json";

    @Option(names = NAME, description = "Print the result as JSON. docs/commands.md describes its members.")
    boolean isEnabled;

    /**
     * Returns whether the user wants JSON from a command.
     *
     * @param arguments the arguments if picocli could not parse them, because the option may then have no value yet
     */
    static boolean isWanted(CommandLine line, String... arguments) {
        OptionSpec option = line.getCommandSpec().findOption(NAME);
        return option != null
                && (Boolean.TRUE.equals(option.getValue())
                        || Arrays.asList(arguments).contains(NAME));
    }
}

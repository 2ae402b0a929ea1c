package io.github.kmsjca.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The texts for words that a command does not understand, and for words that are missing. */
final class UsageError {
    private UsageError() {}

    /**
     * Returns the text of an error in the command line. For all errors except unknown and missing words, it is the text
     * of picocli.
     */
    static String text(ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unmatched(line, unmatched.getUnmatched().get(0));
        }
        String text = String.valueOf(problem.getMessage());
        return problem instanceof MissingParameterException missing
                // a misspelled option is probably the one that is missing
                ? line.getUnmatchedArguments().stream()
                        .filter(word -> word.startsWith("-"))
                        .findFirst()
                        .map(word -> unmatched(line, word))
                        .orElseGet(() -> text + "; " + remedy(line, missing.getMissing()))
                : text;
    }

    private static String remedy(CommandLine line, List<ArgSpec> missing) {
        List<String> choices = missing.size() == 1 ? Choices.of(missing.get(0)) : List.of();
        if (!choices.isEmpty()) {
            return Choices.chooseFrom(choices);
        }
        boolean lacksOption = missing.stream().anyMatch(ArgSpec::isOption);
        return help(line) + (lacksOption ? " lists the options" : " shows the arguments");
    }

    private static String help(CommandLine line) {
        return "'" + line.getCommandSpec().qualifiedName() + " --help'";
    }

    private static String unmatched(CommandLine line, String word) {
        Collection<String> options = line.getCommandSpec().optionsMap().keySet();
        Collection<String> commands = line.getSubcommands().keySet();
        String help = help(line);
        if (word.startsWith("-")) {
            String option = word.replaceFirst("=.*", "");
            Optional<String> command = line.getSubcommands().entrySet().stream()
                    .filter(entry -> entry.getValue().getCommandSpec().findOption(option) != null)
                    .map(Map.Entry::getKey)
                    .findFirst();
            return command.isPresent()
                    ? option + " is an option of a command, so write it after the command, as in '" + Main.NAME + " "
                            + command.get() + " " + option + " ...'"
                    : "unknown option '" + option + "'" + Choices.nearest(option, options) + "; " + help
                            + " lists the options";
        }
        // only the root command has subcommands; for all other commands, the word is an argument
        return commands.isEmpty()
                ? "'" + word + "' is one argument too many; " + help + " shows the arguments"
                : "unknown command '" + word + "'" + Choices.nearest(word, commands) + "; " + help
                        + " lists the commands";
    }
}

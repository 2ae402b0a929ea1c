package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.NearestName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The texts for words that a command does not understand. */
final class UsageError {
    private UsageError() {}

    /** Returns the text of an error in the command line. For all errors except unknown words, it is picocli's text. */
    static String text(ParameterException problem) {
        return problem instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched.getCommandLine(), unmatched.getUnmatched().get(0))
                : String.valueOf(problem.getMessage());
    }

    private static String unmatched(CommandLine line, String word) {
        Collection<String> options = line.getCommandSpec().optionsMap().keySet();
        Collection<String> commands = line.getSubcommands().keySet();
        String help = "'" + line.getCommandSpec().qualifiedName() + " --help'";
        if (word.startsWith("-")) {
            String option = word.replaceFirst("=.*", "");
            Optional<String> command = line.getSubcommands().entrySet().stream()
                    .filter(entry -> entry.getValue().getCommandSpec().findOption(option) != null)
                    .map(Map.Entry::getKey)
                    .findFirst();
            return command.isPresent()
                    ? option + " is an option of a command, so write it after the command, as in '" + Main.NAME + " "
                            + command.get() + " " + option + " ...'"
                    : "unknown option '" + option + "'" + nearest(option, options) + "; " + help + " lists the options";
        }
        // only the root command has subcommands; for all other commands, the word is an argument
        return commands.isEmpty()
                ? "'" + word + "' is one argument too many; " + help + " shows the arguments"
                : "unknown command '" + word + "'" + nearest(word, commands) + "; " + help + " lists the commands";
    }

    private static String nearest(String word, Collection<String> names) {
        return NearestName.of(word, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }
}

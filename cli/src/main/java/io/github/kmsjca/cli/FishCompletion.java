package io.github.kmsjca.cli;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes the completion script for fish. Picocli makes only the scripts for bash and zsh. */
final class FishCompletion {
    private FishCompletion() {}

    /**
     * Returns a script that completes the subcommands of a command, their options, and values of options and
     * parameters.
     */
    static String script(CommandLine line) {
        CommandSpec root = line.getCommandSpec();
        Collection<CommandLine> commands = line.getSubcommands().values();
        Stream<String> header = Stream.of(
                "# completes " + root.name() + " in fish; made by '" + root.name() + " completion fish'",
                // -f: the first word is a command, so fish suggests no files
                complete(root, "-n __fish_use_subcommand -f"));
        Stream<String> names = commands.stream()
                .map(CommandLine::getCommandSpec)
                .map(command ->
                        complete(root, "-n __fish_use_subcommand -a " + quote(command.name()) + description(command)));
        Stream<String> options = Stream.concat(
                options(root, root, "__fish_use_subcommand"),
                commands.stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(command -> options(root, command, "__fish_seen_subcommand_from " + command.name())));
        return Stream.of(header, names, options).flatMap(lines -> lines).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String description(CommandSpec command) {
        String[] lines = command.usageMessage().description();
        return lines.length == 0 ? "" : " -d " + quote(firstSentence(lines[0]));
    }

    /**
     * Returns the lines for the options and parameters of a command.
     *
     * @param condition a call of a fish function, which says whether the command is the one on the line
     */
    private static Stream<String> options(CommandSpec root, CommandSpec command, String condition) {
        String prefix = "-n " + quote(condition);
        Stream<String> options = command.options().stream()
                .filter(option -> !option.hidden())
                .map(option -> complete(root, prefix + names(option) + values(option) + description(option)));
        Stream<String> parameters = command.positionalParameters().stream()
                .map(FishCompletion::words)
                .filter(words -> !words.isEmpty())
                .map(words -> complete(root, prefix + " -f" + words));
        return Stream.concat(options, parameters);
    }

    private static String names(OptionSpec option) {
        return Stream.of(option.names())
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    private static String description(OptionSpec option) {
        String[] lines = option.description();
        return lines.length == 0 ? "" : " -d " + quote(firstSentence(lines[0]));
    }

    /** Returns the arguments of fish's {@code complete} for the values of an option; empty if it takes no value. */
    private static String values(ArgSpec argument) {
        if (argument.arity().max() == 0) {
            return "";
        }
        String words = words(argument);
        return words.isEmpty() ? " -r" : " -r -f" + words;
    }

    /**
     * Returns the argument of fish's {@code complete} that lists the possible values; empty if any value is possible.
     * The tab after each value begins the description of the value, which is empty. Without the tab, fish shows the
     * description of the option beside each value.
     */
    private static String words(ArgSpec argument) {
        String words = Choices.of(argument).stream().map(word -> word + "\\t").collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : " -a " + quote(words);
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text.replaceFirst("\\.$", "") : text.substring(0, end);
        // remove variables such as ${DEFAULT-VALUE}, which picocli replaces only in its own help texts
        return sentence.replaceAll("\\s*:?\\s*\\$\\{[^}]*}", "");
    }

    private static String complete(CommandSpec root, String rest) {
        return "complete -c " + root.name() + " " + rest;
    }

    /** Quotes a text for fish. Within single quotes, only the backslash and the single quote must be escaped. */
    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

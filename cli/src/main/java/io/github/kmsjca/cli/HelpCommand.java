package io.github.kmsjca.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the help of a command, as its option {@code --help} does. */
@Command(name = "help", description = "Show the help of a command.", mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "COMMAND",
            completionCandidates = Names.class,
            description = "The command. Default: shows all commands.")
    @Nullable
    String command;

    /** The names of all commands. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Main.class.getAnnotation(Command.class).subcommands())
                    .map(type -> type.getAnnotation(Command.class).name())
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        CommandLine root = Output.line(spec).getParent();
        CommandLine wanted = command == null ? root : root.getSubcommands().get(command);
        if (wanted == null) {
            throw new UnmatchedArgumentException(root, List.of(String.valueOf(command)));
        }
        wanted.usage(Output.of(spec));
        return ExitStatus.SUCCESS.code();
    }
}

package io.github.kmsjca.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script with which a shell completes the commands and options of this program. */
@Command(
        name = "completion",
        description = {
            "Print a completion script for a shell.",
            "bash: source <(kms-jca completion bash)",
            "zsh: source <(kms-jca completion zsh)",
            "fish: kms-jca completion fish | source"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "SHELL", converter = ShellConverter.class, description = "${COMPLETION-CANDIDATES}")
    Shell shell = Shell.BASH;

    /** The shells that can complete commands. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        String script(CommandLine line) {
            // zsh can run this bash script too, because the script starts bashcompinit
            return this == FISH ? FishCompletion.script(line) : AutoComplete.bash(Main.NAME, line);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final class ShellConverter implements ITypeConverter<Shell> {
        @Override
        public Shell convert(String text) {
            return Choices.named("shell", text, Shell.values());
        }
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Output.of(spec);
        out.print(shell.script(Output.line(spec).getParent()));
        Output.flush(out);
        return ExitStatus.SUCCESS.code();
    }
}

package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.client.ToolProcess;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.SettingsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class of the one-file jar. */
@Command(
        name = Main.NAME,
        description = "Does what keytool and jarsigner cannot do with AWS KMS keys and their certificates.",
        subcommands = {
            ListCommand.class,
            CertreqCommand.class,
            SelfsignCommand.class,
            ImportCommand.class,
            PubkeyCommand.class,
            PolicyCommand.class,
            JavaSecurityCommand.class,
            CheckCommand.class,
            SignCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n")
public final class Main implements Callable<Integer> {
    static final String NAME = "kms-jca";

    /** The property for the format of the JDK's logs, see {@link java.util.logging.SimpleFormatter}. */
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @Spec
    @Nullable
    CommandSpec spec;

    private Main() {}

    /** Runs a command and exits with its exit code. */
    public static void main(String[] arguments) {
        ToolProcess.declare();
        // one line for each warning, instead of two with the time and the class
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, NAME + ": %4$s: %5$s%n");
        }
        System.exit(run(Arguments.ofProcess(), arguments));
    }

    /** Runs a command. Java replaces characters that the locale cannot represent, so {@code original} restores them. */
    private static int run(Arguments original, String... arguments) {
        CommandLine line =
                commandLine(InstantSource.system(), Terminal.ofProcess()).setOut(Output.standard());
        try {
            return line.execute(original.restore(arguments));
        } catch (IllegalArgumentException unreadable) {
            line.getErr().println(NAME + ": " + unreadable.getMessage());
            return ExitStatus.USAGE.code();
        }
    }

    static CommandLine commandLine() {
        return commandLine(InstantSource.system(), Terminal.NONE);
    }

    /** Returns the command line with a given clock and terminal. */
    static CommandLine commandLine(InstantSource clock, Terminal terminal) {
        CommandLine line = new CommandLine(new Main(), new Factory(clock, terminal));
        line.getCommandSpec().usageMessage().exitCodeList(ExitStatus.forHelp());
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()))
                // @FILE names a settings file, as in -providerarg; picocli would read command-line arguments from it
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::fail);
    }

    /** Prints the usage if there is no command. */
    @Override
    public Integer call() {
        CommandLine line = Output.line(spec);
        line.usage(line.getErr(), Ansi.OFF);
        return ExitStatus.USAGE.code();
    }

    private static int refuse(ParameterException problem, String[] arguments) {
        report(UsageError.text(problem), problem.getCommandLine(), arguments);
        return ExitStatus.USAGE.code();
    }

    /** Prints one line for every failure: a stack trace does not help the user of a tool. */
    private static int fail(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        report(ForeignText.clean(text(problem)), line);
        return problem instanceof SettingsException ? ExitStatus.USAGE.code() : ExitStatus.FAILURE.code();
    }

    /** Prints an error. A program that expects JSON on standard output also gets it there. */
    private static void report(String error, CommandLine line, String... arguments) {
        line.getErr().println(NAME + ": " + error);
        if (JsonOption.isWanted(line, arguments)) {
            line.getOut().print(JsonText.ofError(error));
            line.getOut().flush();
        }
    }

    /** Returns the text of a failure. Explains file system exceptions, whose message can be just a file name. */
    static String text(Exception problem) {
        if (problem instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (problem instanceof AccessDeniedException denied) {
            return "the operating system does not let this user read or write " + denied.getFile()
                    + "; check its permissions and those of its folder";
        }
        if (problem instanceof ZipException damaged) {
            return "not a readable jar or zip file" + because(damaged.getMessage());
        }
        if (problem instanceof FileSystemException file) {
            return "file " + file.getFile() + " cannot be used" + because(file.getReason());
        }
        // the text of any other exception, which is a bug, begins with its class
        boolean isExpected = problem instanceof GeneralSecurityException
                || problem instanceof ProviderException
                || problem instanceof IOException;
        String message = problem.getMessage();
        return isExpected && message != null ? message : problem.toString();
    }

    private static String because(@Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }

    /** Creates the commands. Some of them need the clock or the terminal. */
    private record Factory(InstantSource clock, Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == ListCommand.class) {
                return type.cast(new ListCommand(terminal));
            }
            if (type == CheckCommand.class) {
                return type.cast(new CheckCommand(clock, terminal));
            }
            if (type == SignCommand.class) {
                return type.cast(new SignCommand(clock, terminal));
            }
            return type == SelfsignCommand.class
                    ? type.cast(new SelfsignCommand(clock))
                    : CommandLine.defaultFactory().create(type);
        }
    }

    /** The versions that a bug report needs. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                NAME + " " + new KmsProvider().getVersionStr() + ", commit " + Build.COMMIT,
                "AWS SDK for Java " + Build.AWS_SDK,
                "Java " + property("java.version") + " (" + property("java.vendor") + "), " + property("os.name") + " "
                        + property("os.arch")
            };
        }

        private static String property(String name) {
            return System.getProperty(name, "unknown");
        }
    }
}

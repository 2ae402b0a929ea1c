package io.github.kmsjca.samples;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.SettingsException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.ProviderException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a sample by its name. No sample needs this class. */
@Command(
        name = Samples.NAME,
        description = "Runs a sample program. All samples use KMS keys through the JCA.",
        mixinStandardHelpOptions = true,
        versionProvider = Samples.Version.class,
        synopsisSubcommandLabel = "SAMPLE",
        commandListHeading = "%nSamples:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failure", "2:wrong usage, or a wrong setting"})
final class Samples implements Callable<Integer> {
    static final String NAME = "samples/run";
    private static final int HELP_WIDTH = 120;

    @Spec
    @Nullable
    CommandSpec spec;

    private Samples() {}

    /** Runs a sample. A server continues after this method. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Samples());
        for (Sample sample : Sample.values()) {
            CommandLine one = new CommandLine(new Run(sample));
            UsageMessageSpec usage = one.getCommandSpec()
                    .usageMessage()
                    .customSynopsis(NAME + " " + sample.title() + " [-hV] " + sample.arguments())
                    .description(sample.purpose());
            if (!sample.keys().isEmpty()) {
                usage.footerHeading("%n")
                        .footer(String.join(", ", sample.keys())
                                + ": key id, key ARN, alias/NAME or alias ARN of a KMS key");
            }
            line.addSubcommand(sample.title(), one);
        }
        return line.setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler(Samples::refuse)
                .setExecutionExceptionHandler(Samples::fail);
    }

    /** Prints the usage: the command line names no sample. */
    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        line.usage(line.getErr());
        return ExitCode.USAGE;
    }

    private static int refuse(ParameterException problem, String[] arguments) {
        CommandLine line = problem.getCommandLine();
        String similar = problem instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("")
                : "";
        line.getErr().println(line.getCommandName() + ": " + problem.getMessage() + similar);
        return ExitCode.USAGE;
    }

    /** Prints one line for every failure: a stack trace does not help the user of a program. */
    private static int fail(Exception problem, CommandLine line, ParseResult parsed) {
        line.getErr().println(line.getCommandName() + ": " + text(problem));
        return problem instanceof SettingsException || problem instanceof IllegalArgumentException
                ? ExitCode.USAGE
                : ExitCode.SOFTWARE;
    }

    static String text(Exception problem) {
        if (problem instanceof NoSuchFileException missing) {
            // a file cannot be written if its folder is missing
            Path folder = Path.of(missing.getFile()).getParent();
            return folder == null || Files.isDirectory(folder)
                    ? "there is no file " + missing.getFile()
                    : "there is no folder " + folder;
        }
        if (problem instanceof FileSystemException file) {
            return "file " + file.getFile() + " cannot be used: " + reason(file);
        }
        boolean isBug = problem instanceof RuntimeException
                && !(problem instanceof ProviderException || problem instanceof IllegalArgumentException);
        String message = problem.getMessage();
        return isBug || message == null ? problem.toString() : message;
    }

    /** Returns why a file cannot be used. Some exceptions say so only with their class. */
    private static String reason(FileSystemException problem) {
        String reason = problem.getReason();
        if (reason != null) {
            return reason;
        }
        return problem instanceof AccessDeniedException
                ? "its permissions do not allow it"
                : problem.getClass().getSimpleName();
    }

    /** Runs one sample. */
    @Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
    private static final class Run implements Callable<Integer> {
        /** Logs failed KMS calls. A constant, because a logger that is garbage-collected loses its level. */
        private static final Logger FAILED_CALLS = Logger.getLogger("io.github.kmsjca.calls");

        private final Sample sample;

        @Spec
        @Nullable
        CommandSpec spec;

        @Parameters(hidden = true)
        List<String> values = List.of();

        Run(Sample sample) {
            this.sample = sample;
        }

        @Override
        public Integer call() throws Exception {
            if (!sample.takes(values.size())) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(), "the arguments are " + sample.arguments());
            }
            // the server continues after a failed call, so it needs the log; the other samples end and print the error
            FAILED_CALLS.setLevel(sample == Sample.TLS_SERVER ? Level.WARNING : Level.OFF);
            sample.run(values);
            return ExitCode.OK;
        }
    }

    /** The version of the provider. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"kms-jca samples " + new KmsProvider().getVersionStr()};
        }
    }
}

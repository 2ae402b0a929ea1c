package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.state.StateFileException;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The emulator as a program. It runs until a signal stops it. */
@Command(
        name = Main.NAME,
        description = "Emulates AWS KMS for tests, with a real server and real cryptography."
                + " Do not put production keys in it.",
        footer = "If the environment has KMS_EMULATOR_ACCESS_KEY_ID and KMS_EMULATOR_SECRET_ACCESS_KEY,"
                + " all requests must be signed with these credentials.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:failure", "2:wrong usage", "128 + N:stopped by signal N"})
final class Main implements Callable<Integer> {
    static final String NAME = "kms-jca-emulator";
    private static final int DEFAULT_PORT = 4599;
    // environment variables instead of options, because every user of the machine can see the options of a process
    private static final String ACCESS_KEY_ID = "KMS_EMULATOR_ACCESS_KEY_ID";
    private static final String SECRET_ACCESS_KEY = "KMS_EMULATOR_SECRET_ACCESS_KEY";

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, or 0 for any free port. Default: ${DEFAULT-VALUE}.")
    int port = DEFAULT_PORT;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    String host = "127.0.0.1";

    @Option(
            names = "--region",
            paramLabel = "REGION",
            split = ",",
            defaultValue = "us-east-1",
            description = "Region to serve, or several, separated by commas. --key uses the first."
                    + " Default: ${DEFAULT-VALUE}.")
    List<String> regions = List.of();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "File that keeps keys, aliases and tags between runs.")
    @Nullable
    Path state;

    @Option(
            names = "--key",
            paramLabel = "alias/NAME=KEY_SPEC[:KEY_USAGE]",
            description = "Key to create, unless the alias exists. Can be repeated.",
            converter = KeyOption.Converter.class)
    List<KeyOption> keys = List.of();

    @Option(
            names = "--delay",
            paramLabel = "MILLISECONDS",
            description = "Time to wait before each answer, like a slow network. Default: ${DEFAULT-VALUE}.")
    int delay;

    private Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main())
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::fail)
                .execute(arguments);
        // after a successful start, the thread of the HTTP server keeps the program running
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        if (delay < 0) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--delay cannot be negative, but is " + delay);
        }
        EmulatorOptions options =
                EmulatorOptions.defaults().withHost(host).withPort(port).withRegions(regions);
        KmsEmulator emulator =
                KmsEmulator.start(withCredentials(state == null ? options : options.withState(state)), this::prepare);
        System.out.println("kms-jca emulator ready: " + emulator.endpoint() + " ("
                + String.join(", ", emulator.regions()) + "), for tests only; do not put production keys in it");
        return ExitCode.OK;
    }

    private void prepare(KmsEmulator emulator) {
        if (delay > 0) {
            emulator.faults().add(Fault.onAny().always().delay(Duration.ofMillis(delay)));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "kms-emulator-stop"));
        keys.stream().filter(key -> !emulator.hasAlias(key.alias())).forEach(key -> key.createIn(emulator));
    }

    private EmulatorOptions withCredentials(EmulatorOptions options) {
        Optional<String> id = Optional.ofNullable(System.getenv(ACCESS_KEY_ID));
        Optional<String> secret = Optional.ofNullable(System.getenv(SECRET_ACCESS_KEY));
        if (id.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException(
                    "set both " + ACCESS_KEY_ID + " and " + SECRET_ACCESS_KEY + " in the environment, or neither");
        }
        try {
            return id.isPresent() ? options.withCredentials(id.get(), secret.orElseThrow()) : options;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "the environment variable " + ACCESS_KEY_ID + " or " + SECRET_ACCESS_KEY + " is wrong: "
                            + e.getMessage(),
                    e);
        }
    }

    private static int refuse(ParameterException problem, String[] arguments) {
        List<String> similar =
                problem instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String suggestion = similar.isEmpty() ? "" : "; did you mean " + similar.get(0) + "?";
        problem.getCommandLine().getErr().println(NAME + ": " + problem.getMessage() + suggestion);
        return ExitCode.USAGE;
    }

    /** Prints a failure in one line, without a stack trace, which does not help the user of a program. */
    private static int fail(Exception problem, CommandLine line, CommandLine.ParseResult arguments) {
        boolean isExpected = problem instanceof UncheckedIOException
                || problem instanceof StateFileException
                || problem instanceof ServiceException
                || problem instanceof IllegalArgumentException;
        line.getErr().println(NAME + ": " + (isExpected ? problem.getMessage() : problem.toString()));
        // a wrong value of an option or of an environment variable
        return problem instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** The version of the emulator. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {NAME + " " + EmulatorVersion.TEXT};
        }
    }
}

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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The emulator as a program. It runs until a signal stops it. */
@Command(
        name = "kms-jca-emulator",
        description = "Emulates AWS KMS for tests, with a real server and real cryptography."
                + " Do not put production keys in it.",
        footer = "If the environment has KMS_EMULATOR_ACCESS_KEY_ID and KMS_EMULATOR_SECRET_ACCESS_KEY,"
                + " all requests must be signed with these credentials.",
        sortOptions = false)
final class Main implements Callable<Integer> {
    private static final int DEFAULT_PORT = 4599;
    // not options, because every user of the machine can see the arguments of a process
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

    @Option(names = "--help", usageHelp = true, description = "Shows this help.")
    boolean help;

    private Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main())
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::fail)
                .execute(arguments);
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
        KmsEmulator emulator = KmsEmulator.start(withCredentials(state == null ? options : options.withState(state)));
        if (delay > 0) {
            emulator.faults().add(Fault.onAny().always().delay(Duration.ofMillis(delay)));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "kms-emulator-stop"));
        keys.stream().filter(key -> !emulator.hasAlias(key.alias())).forEach(key -> key.createIn(emulator));
        System.out.println("kms-jca emulator ready: " + emulator.endpoint() + " ("
                + String.join(", ", emulator.regions()) + "), for tests only; do not put production keys in it");
        return ExitCode.OK;
    }

    private static EmulatorOptions withCredentials(EmulatorOptions options) {
        Optional<String> id = Optional.ofNullable(System.getenv(ACCESS_KEY_ID));
        Optional<String> secret = Optional.ofNullable(System.getenv(SECRET_ACCESS_KEY));
        if (id.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException(
                    "set both " + ACCESS_KEY_ID + " and " + SECRET_ACCESS_KEY + ", or neither");
        }
        return id.isPresent() ? options.withCredentials(id.get(), secret.orElseThrow()) : options;
    }

    private static int refuse(ParameterException problem, String[] arguments) {
        problem.getCommandLine().getErr().println("kms-jca-emulator: " + problem.getMessage());
        return ExitCode.USAGE;
    }

    private static int fail(Exception problem, CommandLine line, CommandLine.ParseResult arguments) throws Exception {
        if (problem instanceof UncheckedIOException
                || problem instanceof StateFileException
                || problem instanceof ServiceException
                || problem instanceof IllegalArgumentException) {
            line.getErr().println("kms-jca-emulator: " + problem.getMessage());
            return ExitCode.SOFTWARE;
        }
        throw problem;
    }
}

package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.state.StateFileException;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
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

/** The emulator as a program. It runs until it is stopped by a signal. */
@Command(
        name = "kms-jca-emulator",
        description = "An AWS KMS for tests: a real server with real keys. It is no place for real keys.",
        footer =
                "If the environment has KMS_EMULATOR_ACCESS_KEY_ID and KMS_EMULATOR_SECRET_ACCESS_KEY, all requests must"
                        + " be signed by these.",
        sortOptions = false)
final class Main implements Callable<Integer> {
    private static final int USUAL_PORT = 4599;
    // no options: everyone who lists processes sees the arguments of all
    private static final String ACCESS_KEY_ID = "KMS_EMULATOR_ACCESS_KEY_ID";
    private static final String SECRET_ACCESS_KEY = "KMS_EMULATOR_SECRET_ACCESS_KEY";

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "Port, 0 for any free one; ${DEFAULT-VALUE}.")
    int port = USUAL_PORT;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on; ${DEFAULT-VALUE}.")
    String host = "127.0.0.1";

    @Option(
            names = "--region",
            paramLabel = "REGION",
            split = ",",
            defaultValue = "us-east-1",
            description = "Region to play, or several with commas, the first for --key; ${DEFAULT-VALUE}.")
    List<String> regions = List.of();

    @Option(names = "--state", paramLabel = "FILE", description = "File that keeps keys, aliases and tags.")
    @Nullable
    Path state;

    @Option(
            names = "--key",
            paramLabel = "alias/NAME=KEY_SPEC[:KEY_USAGE]",
            description = "Key to make, unless the alias exists; can be repeated.",
            converter = KeyOption.Converter.class)
    List<KeyOption> keys = List.of();

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
        EmulatorOptions options =
                EmulatorOptions.defaults().withHost(host).withPort(port).withRegions(regions);
        KmsEmulator emulator = KmsEmulator.start(withCredentials(state == null ? options : options.withState(state)));
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "kms-emulator-stop"));
        keys.stream().filter(key -> !emulator.hasAlias(key.alias())).forEach(key -> key.makeIn(emulator));
        System.out.println("kms-jca emulator ready: " + emulator.endpoint() + " ("
                + String.join(", ", emulator.regions()) + "), for tests only, no place for real keys");
        return ExitCode.OK;
    }

    private static EmulatorOptions withCredentials(EmulatorOptions options) {
        Optional<String> id = Optional.ofNullable(System.getenv(ACCESS_KEY_ID));
        Optional<String> secret = Optional.ofNullable(System.getenv(SECRET_ACCESS_KEY));
        if (id.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException(
                    ACCESS_KEY_ID + " and " + SECRET_ACCESS_KEY + " are set together or not at all");
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

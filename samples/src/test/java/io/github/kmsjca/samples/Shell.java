package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs in a folder. {@code PATH} starts with the JDK of this test. */
final class Shell {
    private static final int TIMEOUT_SECONDS = 120;

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    private Shell(Path folder) {
        this.folder = folder;
    }

    /** The result of a program. Its output includes standard error, in order. */
    record Result(int exitCode, String output) {
        Result requireCode(int expected) {
            assertEquals(expected, exitCode, output);
            return this;
        }
    }

    static Shell in(Path folder) {
        return new Shell(folder);
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Sets the variables with which the AWS SDK calls the emulator. */
    Shell with(KmsEmulator emulator) {
        return with("AWS_ENDPOINT_URL_KMS", emulator.endpoint().toString())
                .with("AWS_REGION", emulator.region())
                .with("AWS_ACCESS_KEY_ID", "test")
                .with("AWS_SECRET_ACCESS_KEY", "test");
    }

    Result java(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("java", "-cp", classPath()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    Result run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Process process = builder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        Files.delete(output);
        assertTrue(ended, () -> List.of(command) + " does not end: " + text);
        return new Result(process.exitValue(), text);
    }

    /**
     * Skips the test with a message if a program is missing. If the environment variable {@code CI} is {@code true},
     * the test fails instead.
     */
    static void require(String program) {
        boolean isInstalled = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        String text = "NOT TESTED: there is no '" + program + "' on the path; install it";
        assertFalse(!isInstalled && "true".equals(System.getenv("CI")), text);
        assumeTrue(isInstalled, text);
    }

    /** Starts a program whose standard input is a pipe. */
    Process start(String... command) throws IOException {
        return builder(command).start();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        prepare(builder.environment());
        return builder;
    }

    /** Returns the search path, which starts with the JDK of this test. */
    static String path() {
        return Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH");
    }

    /** Removes the user's AWS variables, and {@code JAVA_TOOL_OPTIONS}, whose value the JVM would print. */
    private void prepare(Map<String, String> variables) {
        variables.keySet().removeIf(name -> name.startsWith("AWS") || name.equals("JAVA_TOOL_OPTIONS"));
        Path jdk = Path.of(System.getProperty("java.home"));
        variables.put("JAVA_HOME", jdk.toString());
        variables.put("PATH", path());
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("NO_PROXY", "127.0.0.1");
        variables.put("no_proxy", "127.0.0.1");
        variables.putAll(environment);
    }
}

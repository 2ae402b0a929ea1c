package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An emulator process that runs the classes under test. */
final class Program implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;
    private String readyLine = "";

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the program and waits until it is ready. */
    static Program start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** Starts the program with environment variables and waits until it is ready. */
    static Program start(Map<String, String> environment, String... arguments) throws IOException {
        Program program = launch(environment, arguments);
        String line = program.output.readLine();
        program.readyLine = line == null ? "" : line;
        assertTrue(
                program.readyLine.contains(" ready: "),
                "the first line is '" + program.readyLine + "', and the errors are: " + program.errors());
        return program;
    }

    /** Starts the program and does not wait until it is ready. */
    static Program launch(String... arguments) throws IOException {
        return launch(Map.of(), arguments);
    }

    /** Starts the program with environment variables and does not wait until it is ready. */
    static Program launch(Map<String, String> environment, String... arguments) throws IOException {
        Path errors = Files.createTempFile("emulator", ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.kmsjca.emulator.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // if this variable is set, the JVM prints it on standard error, which the tests compare
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new Program(builder.start(), errors);
    }

    /** Returns the line that the program prints when it is ready. */
    String readyLine() {
        return readyLine;
    }

    /** Returns the URL in the ready line. */
    String endpoint() {
        return readyLine.replaceFirst(".* ready: (\\S+) .*", "$1");
    }

    /** Stops the program with SIGTERM, as a service manager does, and returns its exit code. */
    int stop() throws InterruptedException {
        // unlike Process.destroy, this leaves the output of the process readable
        process.toHandle().destroy();
        return waitForEnd();
    }

    /** Kills the program and does not wait for its end. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits until the program ends and returns its exit code. */
    int waitForEnd() throws InterruptedException {
        assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "the program did not end in time");
        return process.exitValue();
    }

    /** Waits until the program ends and returns its standard output without the lines that were read before. */
    String restOfOutput() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    /** Returns what the program has printed on standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
        Files.delete(errors);
    }
}

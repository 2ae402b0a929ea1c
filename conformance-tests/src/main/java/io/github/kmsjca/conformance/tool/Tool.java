package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A tool of the JDK or, if its name begins with {@code KMS}, of the distribution of kms-jca. */
public enum Tool {
    JARSIGNER,
    JAVA,
    JLINK,
    KEYTOOL,
    KMS_JARSIGNER,
    KMS_JCA,
    KMS_KEYTOOL;

    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    /**
     * Runs the tool from the JDK in which this code runs, and waits until the tool ends. The tool's standard input is
     * empty, as in a build.
     *
     * @param folder the working directory
     * @param environment all environment variables of the tool
     * @throws AssertionError if the tool does not end within two minutes, or the thread is interrupted
     */
    public ToolResult run(Path folder, Map<String, String> environment, List<String> arguments) {
        return run(Path.of(System.getProperty("java.home")), folder, environment, arguments);
    }

    /**
     * Runs the tool from the folder {@code bin} of a home folder, and waits until the tool ends. The home folder can be
     * an image from jlink or the distribution.
     */
    public ToolResult run(Path home, Path folder, Map<String, String> environment, List<String> arguments) {
        Path program =
                home.resolve("bin").resolve(name().toLowerCase(Locale.ROOT).replace('_', '-'));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            int exitCode = exitCode(start(folder, environment, command, output), command);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new ToolResult(command, exitCode, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path folder, Map<String, String> environment, List<String> command, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static int exitCode(Process process, List<String> command) {
        try {
            if (process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError("still running after " + TIME_LIMIT.toSeconds() + " s: " + command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }
}

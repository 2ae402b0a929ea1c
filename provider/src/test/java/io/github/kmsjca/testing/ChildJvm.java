package io.github.kmsjca.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs test programs, each in its own JVM with the class path of the tests. */
public final class ChildJvm {
    /** The system properties that a program gets with the values of this JVM. */
    private static final List<String> INHERITED =
            List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.configFile", "aws.sharedCredentialsFile");

    private ChildJvm() {}

    /**
     * Runs a program, and returns the lines that it writes to the standard output and the standard error. Fails unless
     * the exit status is 0.
     *
     * @param options the options of the JVM
     */
    public static List<String> run(Class<?> program, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(program, options, arguments);
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        process.waitFor(1, TimeUnit.MINUTES);
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join("\n", output));
        }
        return output;
    }

    /** Starts a program, and does not wait for its end. */
    public static Process start(Class<?> program, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        for (String property : INHERITED) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}

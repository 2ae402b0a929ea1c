package io.github.kmsjca.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A separate process that runs one {@link Load} after the other. */
final class LoadProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;

    private LoadProcess(Process process) {
        this.process = process;
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a program that calls {@link Load#serve}. The program gets the name of the key as its argument.
     *
     * @param program the main class
     */
    static LoadProcess start(Class<?> program, String classPath, SigningKey key, KmsProcess kms) throws IOException {
        List<String> command = new ArrayList<>(List.of(JdkTool.JAVA.path().toString(), "-Xms512m", "-Xmx512m"));
        kms.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, program.getName(), key.name()));
        return new LoadProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Runs a load in the process. */
    Speed run(Load load) throws IOException {
        input.println(load);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the signing process ended before it printed a result; see its error output");
        }
        return Speed.parse(line);
    }

    @Override
    public void close() {
        process.destroy();
    }
}

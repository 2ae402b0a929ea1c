package io.github.kmsjca.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An emulator in a separate process, so that its time and memory do not count for the client. */
final class KmsProcess implements AutoCloseable {
    /** The system property with the endpoint. */
    static final String ENDPOINT = "aws.endpointUrlKms";

    /** The system property with the Region. */
    static final String REGION = "aws.region";

    private static final String READY = " ready: ";

    private final Process process;
    private final BufferedReader output;
    private final String endpoint;

    private KmsProcess(Process process, BufferedReader output, String endpoint) {
        this.process = process;
        this.output = output;
        this.endpoint = endpoint;
    }

    /**
     * Starts an emulator with a key for each spec. The alias of each key is {@code alias/SPEC}.
     *
     * @param latency the time in milliseconds by which each answer is delayed
     */
    static KmsProcess start(List<String> specs, int latency) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JdkTool.JAVA.path().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.kmsjca.emulator.Main",
                "--port",
                "0",
                "--delay",
                String.valueOf(latency)));
        specs.forEach(spec -> command.addAll(List.of("--key", alias(spec) + "=" + spec)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.contains(READY)) {
            process.destroy();
            throw new IOException(
                    "the emulator did not start: " + (line == null ? "see its error output" : "it printed " + line));
        }
        int start = line.indexOf(READY) + READY.length();
        return new KmsProcess(process, output, line.substring(start, line.indexOf(' ', start)));
    }

    static String alias(String spec) {
        return "alias/" + spec;
    }

    /** Returns the system properties with which the AWS SDK calls the emulator. */
    Map<String, String> properties() {
        return Map.of(
                ENDPOINT, endpoint, REGION, "us-east-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        output.close();
    }
}

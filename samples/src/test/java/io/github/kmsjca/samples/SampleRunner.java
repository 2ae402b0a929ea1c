package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs samples in this JVM, against an emulator. */
final class SampleRunner implements AutoCloseable {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "kmsjca", "samples");
    private static final Pattern ACTION = Pattern.compile("\\{@code kms:(\\w+)}");

    /** The time limit of a KMS call. It is longer than the default, because calls are slow on a busy machine. */
    static final String CALL_TIMEOUT = "300s";

    private final KmsEmulator emulator = KmsEmulator.start();
    private final Map<String, String> properties;

    SampleRunner() {
        properties = Map.of(
                "aws.endpointUrlKms",
                emulator.endpoint().toString(),
                "aws.region",
                emulator.region(),
                "aws.accessKeyId",
                "test",
                "aws.secretAccessKey",
                "test",
                "awskms.call-timeout",
                CALL_TIMEOUT,
                "awskms.attempt-timeout",
                CALL_TIMEOUT);
        properties.forEach(System::setProperty);
    }

    KmsEmulator emulator() {
        return emulator;
    }

    /** Runs a sample and returns its output. The sample must succeed, and make the KMS calls that its comment names. */
    String run(Sample sample, Object... arguments) throws IOException {
        emulator.requests().clear();
        Shell.Result result = start(
                Stream.concat(Stream.of(sample.title()), Stream.of(arguments)).toArray());
        String output = result.requireCode(0).output();
        assertEquals(actions(sample), calls(), output);
        return output;
    }

    /**
     * Runs what the script {@code samples/run} runs with these arguments, and then removes the provider that the sample
     * has registered.
     */
    Shell.Result start(Object... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        try (PrintStream captured = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            int code = Samples.commandLine()
                    .setOut(new PrintWriter(captured, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(captured, true, StandardCharsets.UTF_8))
                    .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Shell.Result(code, output.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standard);
            Security.removeProvider(KmsProvider.NAME);
        }
    }

    /** Returns the KMS operations in the emulator's log. {@link #run} clears this log before it runs a sample. */
    Set<String> calls() {
        return emulator.requests().all().stream()
                .map(LoggedRequest::operation)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the IAM actions in the comment of a sample. */
    static Set<String> actions(Sample sample) throws IOException {
        return ACTION.matcher(source(sample))
                .results()
                .map(action -> action.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the source of a sample: the only file whose comment says how to run it. */
    static String source(Sample sample) throws IOException {
        String command = "{@code samples/run " + sample.title() + " " + sample.arguments() + "}";
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                if (text.contains(command)) {
                    found.add(text);
                }
            }
        }
        assertEquals(1, found.size(), command);
        return found.get(0);
    }

    @Override
    public void close() {
        properties.keySet().forEach(System::clearProperty);
        emulator.close();
    }
}

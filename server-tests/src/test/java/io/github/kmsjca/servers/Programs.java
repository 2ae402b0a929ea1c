package io.github.kmsjca.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs in a folder, with the JDK of this test and with the emulator as KMS. */
final class Programs {
    /** Longer than the retries of all curl commands of a page together, even on a busy machine. */
    private static final int LIMIT_MINUTES = 20;

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();

    Programs(Path folder, KmsEmulator emulator) throws IOException {
        this.folder = folder;
        Path jdk = Path.of(System.getProperty("java.home"));
        with("JAVA_HOME", jdk.toString());
        with("PATH", jdk.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        with("JAR", oneFileJar().toString());
        with("AWS_ENDPOINT_URL_KMS", emulator.endpoint().toString());
        with("AWS_REGION", emulator.region());
        with("AWS_ACCESS_KEY_ID", "any");
        with("AWS_SECRET_ACCESS_KEY", "any");
        with("AWS_EC2_METADATA_DISABLED", "true");
        with("AWSKMS_CALL_TIMEOUT", "5m");
        with("AWSKMS_ATTEMPT_TIMEOUT", "2m");
        with("NO_PROXY", "localhost,127.0.0.1");
        with("no_proxy", "localhost,127.0.0.1");
        with("LC_ALL", "C.UTF-8");
    }

    private static Path oneFileJar() throws IOException {
        return product(Path.of("..", "cli", "target"), "kms-jca-\\d.*\\.jar");
    }

    /** Returns the file in a folder whose file name matches. Fails if no file or several files match. */
    static Path product(Path target, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(pattern))
                    .toList();
            assertEquals(1, found.size(), () -> "files named " + pattern + " in " + target + ": " + found);
            return found.get(0).toAbsolutePath().normalize();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Programs with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Runs a script, which must succeed, and returns what it prints. */
    String run(String script) throws IOException, InterruptedException {
        return run(0, script);
    }

    /** Runs a script, which must end with the given exit code, and returns what it prints. */
    String run(int code, String script) throws IOException, InterruptedException {
        // not in this folder: as long as any file changes there, Spring Boot does not reload the keystore file
        Path output = Files.createTempFile("output", ".txt");
        Process process = start(output, "bash", "-c", script);
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        // end bash before its programs: after one of them ends, bash would run the rest of the script
        List<ProcessHandle> programs = process.descendants().toList();
        process.destroyForcibly();
        programs.forEach(ProcessHandle::destroy);
        String text = Files.readString(output);
        Files.delete(output);
        assertTrue(ended, () -> "does not end: " + script + "\n" + text + logs());
        assertEquals(code, process.exitValue(), () -> script + "\n" + text + logs());
        return text;
    }

    /** Waits until a program ends, and returns its exit code. Fails at the time limit. */
    int awaitEnd(Process program) throws InterruptedException {
        boolean ended = program.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        program.destroyForcibly();
        assertTrue(ended, () -> program.info() + " does not end\n" + logs());
        return program.exitValue();
    }

    /** Starts a program whose output goes to a file. */
    Process start(Path output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Waits until curl, which trusts only the given certificate, reads the text. Fails if the server ends before. */
    void untilServed(Process server, int port, String certificate, String text)
            throws IOException, InterruptedException {
        untilTrue(
                server,
                "curl -s --cacert " + certificate + " https://localhost:" + port + "/ | grep -q '" + text + "'");
    }

    /** Repeats a command until it succeeds. Fails if the server ends before. */
    void untilTrue(Process server, String command) throws IOException, InterruptedException {
        run("set -e; until " + command + "; do kill -0 " + server.pid() + "; sleep 0.3; done");
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                logs.append(log).append(":\n").append(Files.readString(log));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return logs.toString();
    }
}

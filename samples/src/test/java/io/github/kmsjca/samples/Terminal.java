package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One terminal of a reader: variables, folder and background jobs stay from one command to the next. */
final class Terminal implements AutoCloseable {
    private static final String END = "--- end of block, status ";
    private static final int TIMEOUT_SECONDS = 900;

    private final Process process;
    private final Path script;
    private final Writer input;
    private final BufferedReader output;

    private Terminal(Process process, Path script) {
        this.process = process;
        this.script = script;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Opens a terminal. The first command that fails ends it. */
    static Terminal open(Shell shell) throws IOException, InterruptedException, TimeoutException {
        Terminal terminal = new Terminal(shell.start("bash", "--norc", "-s"), Files.createTempFile("block", ".sh"));
        terminal.run("set -eu\ntrap 'printf \"\\n" + END + "%s\\n\" $?; kill $(jobs -p) 2>/dev/null' EXIT\n");
        return terminal;
    }

    /** Runs commands, which all must succeed, and returns what they print on standard output and standard error. */
    String run(String commands) throws IOException, InterruptedException, TimeoutException {
        Files.writeString(script, commands);
        input.write(". " + script + " </dev/null; printf '\\n" + END + "0\\n'\n");
        input.flush();
        StringBuilder text = new StringBuilder();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> readInto(text));
        try {
            assertEquals(0, status.get(TIMEOUT_SECONDS, TimeUnit.SECONDS), () -> commands + text);
        } catch (ExecutionException e) {
            throw new IOException(commands + text, e);
        } catch (TimeoutException e) {
            // close() must not wait for commands that do not end, and finds no programs after bash has ended
            List<ProcessHandle> programs = process.descendants().toList();
            process.destroyForcibly();
            programs.forEach(ProcessHandle::destroy);
            throw (TimeoutException) new TimeoutException("does not end: " + commands + text).initCause(e);
        }
        return text.toString();
    }

    /** Reads up to the end of the commands, and returns their status. */
    private int readInto(StringBuilder text) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(END)) {
                    return Integer.parseInt(line.substring(END.length()));
                }
                text.append(line).append('\n');
            }
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the terminal, its background jobs and their programs. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> programs = process.descendants().toList();
        input.close();
        process.onExit().join();
        programs.forEach(ProcessHandle::destroy);
        Files.delete(script);
    }
}

package io.github.kmsjca.release;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Other programs that the tests need. */
final class Programs {
    private Programs() {}

    /** Skips the test if gpg is not installed, but fails in CI. */
    static void requireGpg() {
        boolean isInstalled = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of(Path.of(folder, "gpg"), Path.of(folder, "gpg.exe")))
                .anyMatch(Files::isExecutable);
        String text = "NOT TESTED: there is no 'gpg' on the path; install it";
        assertFalse(!isInstalled && "true".equals(System.getenv("CI")), text);
        assumeTrue(isInstalled, text);
    }

    /** Runs gpg with the keys in a folder. */
    static void gpg(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch", "--passphrase", ""));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}

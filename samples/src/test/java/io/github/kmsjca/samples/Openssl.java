package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The OpenSSL program. If it is missing, tests are skipped with a message. If the environment variable {@code CI} is
 * {@code true}, they fail instead.
 */
final class Openssl {
    private Openssl() {}

    static void require() {
        boolean isInstalled = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
        String text = "NOT TESTED against OpenSSL: there is no 'openssl' on the path; install it";
        assertFalse(!isInstalled && "true".equals(System.getenv("CI")), text);
        assumeTrue(isInstalled, text);
    }
}

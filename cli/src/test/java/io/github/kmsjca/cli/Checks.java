package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.cli.Commands.Result;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code check}, and asserts which problems it reports. */
final class Checks {
    private Checks() {}

    /** Runs {@code check} with the given settings. */
    static Result check(String settings, String... words) {
        return run(settings, List.of("check"), words);
    }

    /** Runs {@code check} with the given settings and keystore file. */
    static Result checkFile(String settings, Path file, String... words) {
        return run(settings, List.of("check", "--keystore", file.toString()), words);
    }

    private static Result run(String settings, List<String> command, String... words) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        return Commands.run(Main.commandLine(), all, settings);
    }

    /** Checks that there is exactly one problem, and that its line has the text and the remedy. */
    static void assertProblem(Result result, String subject, String text, String remedy) {
        List<String> problems =
                result.out().lines().filter(line -> line.startsWith("problem")).toList();
        assertEquals(1, problems.size(), result::toString);
        assertEquals(1, result.code(), result::toString);
        assertEquals("", result.err());
        String problem = problems.get(0);
        assertTrue(problem.startsWith("problem  " + subject + ": "), problem);
        assertTrue(problem.contains(text) && problem.contains(remedy), problem);
    }

    /** Checks that there is no problem. */
    static void assertHealthy(Result result) {
        assertEquals(0, result.code(), result::toString);
        assertEquals(
                List.of(),
                result.out().lines().filter(line -> line.startsWith("problem")).toList());
    }

    /** Returns for how many more whole days a certificate is valid. */
    static long daysLeft(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        return Duration.between(Instant.now(), end).toDays();
    }
}

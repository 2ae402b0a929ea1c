package io.github.kmsjca.conformance.coexistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.signature.Trial;
import io.github.kmsjca.conformance.tool.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks our provider in a JVM whose {@code java.security} file lists our provider last. The file can also prefer our
 * provider for some algorithms ({@code jdk.security.provider.preferred}). A JVM reads the file only at startup, so each
 * test starts a JVM.
 */
class PreferredProviderTest {
    private static final String PREFERRED = "SHA256withRSA:AWSKMS, Signature.SHA256withECDSA:AWSKMS,"
            + " RSASSA-PSS:AWSKMS, Signature.NONEwithECDSA:AWSKMS, Signature.Ed25519:AWSKMS";

    private static final Set<String> TRIALS = Set.of("SHA256withRSA RSA_2048", "SHA256withECDSA ECC_NIST_P256");

    @TempDir
    private static Path folder;

    @AutoClose
    private static final Target TARGET = Target.open();

    private static String resultsWithoutUs;

    @BeforeAll
    static void runWithoutUs() throws IOException, InterruptedException {
        resultsWithoutUs = String.join("\n", run(List.of()));
        // the comparison proves nothing if no operation succeeds
        assertTrue(
                resultsWithoutUs.lines().filter(line -> line.endsWith(", true")).count() > 20, resultsWithoutUs);
    }

    @Test
    void foreignKeys_everyOperation_giveTheSameResultsAsWithoutUs() throws IOException, InterruptedException {
        assertEquals(resultsWithoutUs, String.join("\n", run(List.of(securityFileOption(PREFERRED)))));
    }

    /** Without a key, the JCA chooses our provider only if the file prefers our provider. */
    @ParameterizedTest
    @ValueSource(strings = {"", PREFERRED})
    void ourKeys_withoutNamedProvider_chooseUs(String preferred)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<Trial> trials = Trial.named(TARGET, TRIALS).toList();
        List<String> arguments = new ArrayList<>();
        for (Trial trial : trials) {
            arguments.add(trial.row().algorithm());
            arguments.add(trial.key().arn());
        }
        List<String> lines = run(List.of(securityFileOption(preferred)), arguments.toArray(String[]::new));
        assertEquals(2, lines.size());
        for (int index = 0; index < lines.size(); index++) {
            String[] words = lines.get(index).split(" ", 3);
            String withoutKey = words[0];
            String withOurKey = words[1];
            byte[] signature = HexFormat.of().parseHex(words[2]);
            boolean isPreferred = !preferred.isEmpty();
            assertEquals(isPreferred, withoutKey.equals(KmsProvider.NAME));
            assertEquals(KmsProvider.NAME, withOurKey);
            assertTrue(trials.get(index).accepts(PreferenceProgram.MESSAGE, signature));
        }
    }

    /**
     * Returns the JVM option for a {@code java.security} file that lists our provider last and prefers it for the given
     * algorithms.
     */
    private static String securityFileOption(String preferred) throws IOException {
        int last = Security.getProviders().length + 1;
        Path file = folder.resolve("java.security");
        Files.writeString(
                file, "security.provider." + last + "=AWSKMS\njdk.security.provider.preferred=" + preferred + "\n");
        return "-Djava.security.properties=" + file;
    }

    /** Runs {@link PreferenceProgram} with options of the JVM, and returns the lines that it prints. */
    private static List<String> run(List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Workplace.SHORT_RUN);
        command.addAll(options);
        TARGET.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PreferenceProgram.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}

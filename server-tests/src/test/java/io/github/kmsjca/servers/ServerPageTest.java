package io.github.kmsjca.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code docs/servers.md} with the servers' own distributions. */
class ServerPageTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"Tomcat, CATALINA_HOME, kmsjca.tomcat", "Jetty, JETTY_HOME, kmsjca.jetty"})
    void server_withTheFilesOfThePage_servesAndRenews(String section, String home, String distribution)
            throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
            Page page = Page.sections("servers.md", Set.of("The keystore file", section));
            String output = new Programs(folder, emulator)
                    .with(home, System.getProperty(distribution))
                    .run(page.script(Programs.freePort()));
            page.requireShown(output);
            assertEquals(
                    List.of("GetPublicKey", "Sign"),
                    emulator.requests().all().stream()
                            .map(LoggedRequest::operation)
                            .distinct()
                            .sorted()
                            .toList());
        }
    }
}

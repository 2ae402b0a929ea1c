package io.github.kmsjca.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code docs/servers.md} with the servers' own distributions. */
class ServerPageTest {
    private static final String PAGE = "servers.md";
    private static final String PREPARATION = "The keystore file";

    /** The exit code of curl if the TLS handshake failed. */
    private static final int CURL_TLS_ERROR = 35;

    @TempDir
    Path folder = Path.of("");

    @Test
    void page_fromTopToBottom_servesAndRenewsWithBothServers() throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
            Page page = Page.sections(PAGE, Set.of(PREPARATION, "Tomcat", "Jetty"));
            String output = programs(emulator).run(page.script(Programs.freePort()));
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

    @ParameterizedTest
    @CsvSource({"Tomcat, tomcat.log", "Jetty, jetty.log"})
    void server_deniedByKms_failsTheHandshakeAndLogsTheCall(String section, String log) throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
            int port = Programs.freePort();
            programs(emulator).run(Page.sections(PAGE, Set.of(PREPARATION)).script(port));
            emulator.faults().add(Fault.on("Sign").always().accessDenied());
            programs(emulator)
                    .run(CURL_TLS_ERROR, Page.sections(PAGE, Set.of(section)).script(port));
            String logged = Files.readString(folder.resolve(log));
            assertTrue(
                    logged.contains("KMS Sign for key ")
                            && logged.contains("AccessDeniedException")
                            && logged.contains("allow kms:Sign in the caller's IAM policy"),
                    logged);
        }
    }

    private Programs programs(KmsEmulator emulator) throws IOException {
        return new Programs(folder, emulator)
                .with("CATALINA_HOME", System.getProperty("kmsjca.tomcat"))
                .with("JETTY_HOME", System.getProperty("kmsjca.jetty"));
    }
}

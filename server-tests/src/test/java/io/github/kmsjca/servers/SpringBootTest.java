package io.github.kmsjca.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the application of {@code samples/spring-boot} with {@code java -jar}. */
class SpringBootTest {
    private static final String GREETING = "hello from Spring Boot";
    private static final String LOGGER = "io.github.kmsjca.calls";
    private static final Path SAMPLE = Path.of("..", "samples", "spring-boot");
    private static final Path PAGE = Path.of("..", "docs", "spring-boot.md");

    @TempDir
    Path folder = Path.of("");

    private final KmsEmulator emulator = KmsEmulator.start();

    @BeforeEach
    void makeKeystoreFile() throws IOException, InterruptedException {
        emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
        certificate("server", "CN=localhost");
        importInto("server");
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    @Test
    void application_asFatJar_servesAndRenewsWithoutRestart() throws Exception {
        int port = Programs.freePort();
        Path log = folder.resolve("application.log");
        Process application = start(log, port);
        try {
            programs().untilServed(application, port, "server.pem", GREETING);
            String report = programs()
                    .run("openssl s_client -connect localhost:" + port
                            + " -CAfile server.pem -verify_return_error -brief < /dev/null");
            assertTrue(report.contains("Verification: OK"), report);
            certificate("renewed", "CN=localhost,O=Renewed");
            importInto("renewed");
            programs().untilServed(application, port, "renewed.pem", GREETING);
        } finally {
            end(application);
        }
        List<String> warnings = lines(log, " WARN ");
        assertEquals(List.of(), warnings);
    }

    @Test
    void application_deniedByKms_logsTheLineOfThePage() throws Exception {
        int port = Programs.freePort();
        Path log = folder.resolve("application.log");
        Process application = start(log, port);
        try {
            programs().untilServed(application, port, "server.pem", GREETING);
            emulator.faults().add(Fault.on("Sign").always().accessDenied());
            String refused = programs().run("! curl -sS --cacert server.pem https://localhost:" + port + "/");
            assertTrue(refused.contains("curl: (35)"), refused);
            programs().untilTrue(application, "grep -q " + LOGGER + " application.log");
        } finally {
            end(application);
        }
        List<String> logged = lines(log, LOGGER);
        String shown = lines(PAGE, LOGGER).get(0);
        assertEquals(1, logged.size(), logged::toString);
        assertEquals(withoutNumbers(shown), withoutNumbers(logged.get(0)));
    }

    @Test
    void application_withUnknownProperty_saysWhereItIs() throws Exception {
        Path log = folder.resolve("application.log");
        Process application = start(log, Programs.freePort(), "--awskms.regoin=eu-west-1");
        assertEquals(1, application.waitFor());
        String text = Files.readString(log);
        assertTrue(text.contains("unknown setting 'regoin'; did you mean 'region'?"), text);
        assertTrue(text.contains("APPLICATION FAILED TO START"), text);
    }

    @Test
    void page_showsTheFilesOfTheSample() throws IOException {
        String page = Files.readString(PAGE);
        String properties = Files.readString(SAMPLE.resolve("src/main/resources/application.properties"));
        assertTrue(page.contains("```properties\n" + properties + "```"), page);
    }

    @Test
    void sample_usesTheOldestVersion() throws IOException {
        String version = System.getProperty("kmsjca.spring-boot");
        String pom = Files.readString(SAMPLE.resolve("pom.xml"));
        assertTrue(pom.contains("<spring-boot.version>" + version + "</spring-boot.version>"), pom);
    }

    private Process start(Path log, int port, String... arguments) throws IOException {
        Path jar = Programs.product(SAMPLE.resolve("target"), "spring-boot-with-kms-.*\\.jar");
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--spring.ssl.bundle.watch.file.quiet-period=1s"));
        command.addAll(List.of(arguments));
        return programs().start(log, command.toArray(String[]::new));
    }

    private static void end(Process application) throws InterruptedException {
        application.destroy();
        application.waitFor();
    }

    private Programs programs() {
        try {
            return new Programs(folder, emulator);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void certificate(String name, String subject) throws IOException, InterruptedException {
        programs()
                .run("java -jar \"$JAR\" selfsign alias/code --subject " + subject + " --san dns:localhost --out "
                        + name + ".pem");
    }

    private void importInto(String name) throws IOException, InterruptedException {
        programs().run("java -jar \"$JAR\" import --keystore server.awskms --alias server alias/code " + name + ".pem");
    }

    /** Returns the message of a log line, without what differs in each run. */
    private static String withoutNumbers(String line) {
        return line.substring(line.indexOf(LOGGER))
                .replaceAll("\\s+", " ")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID");
    }

    private static List<String> lines(Path file, String text) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts the application of {@code samples/spring-boot} with {@code java -jar}, and compares it with its page. */
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
        makeCertificate("server", "CN=localhost");
        importCertificate("server", "server");
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    /** Without an alias, Tomcat uses the first of the two entries. */
    @Test
    void application_asFatJar_servesTheFirstEntryAndRenewsWithoutRestart() throws Exception {
        addEntry();
        int port = Programs.freePort();
        Path log = folder.resolve("application.log");
        Process application = start(log, port);
        try {
            programs().untilServed(application, port, "server.pem", GREETING);
            String report = programs()
                    .run("openssl s_client -connect localhost:" + port
                            + " -CAfile server.pem -verify_return_error -brief < /dev/null");
            assertTrue(report.contains("Verification: OK"), report);
            makeCertificate("renewed", "CN=localhost,O=Renewed");
            importCertificate("server", "renewed");
            programs().untilServed(application, port, "renewed.pem", GREETING);
        } finally {
            stop(application);
        }
        List<String> warnings = linesWith(log, " WARN ");
        assertEquals(List.of(), warnings);
        String started = "(v" + System.getProperty("kmsjca.spring-boot") + ")";
        assertEquals(1, linesWith(log, started).size(), () -> "the log does not name Spring Boot " + started);
    }

    @Test
    void application_withKeyAlias_servesThatEntry() throws Exception {
        addEntry();
        int port = Programs.freePort();
        Process application =
                start(folder.resolve("application.log"), port, "--spring.ssl.bundle.jks.server.key.alias=other");
        try {
            programs().untilServed(application, port, "other.pem", GREETING);
        } finally {
            stop(application);
        }
    }

    /** The password has no effect. */
    @Test
    void application_withPassword_keepsItsCertificateWhileTheFileIsBroken() throws Exception {
        int port = Programs.freePort();
        Path log = folder.resolve("application.log");
        Process application = start(log, port, "--spring.ssl.bundle.jks.server.keystore.password=unused");
        try {
            programs().untilServed(application, port, "server.pem", GREETING);
            programs().run("cp server.awskms good.awskms; echo broken > server.awskms");
            programs().untilTrue(application, "grep -q 'Unexpected SSL reload error' application.log");
            programs().untilServed(application, port, "server.pem", GREETING);
            makeCertificate("renewed", "CN=localhost,O=Renewed");
            programs().run("cp good.awskms server.awskms");
            importCertificate("server", "renewed");
            programs().untilServed(application, port, "renewed.pem", GREETING);
        } finally {
            stop(application);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "missing.awskms, is neither a file nor a directory",
        "broken.awskms, 'not a keystore file; the first line must be'",
        "forbidden.awskms, 'setting ''endpoint'' is not allowed in a keystore file'",
    })
    void application_withMissingOrBrokenFile_doesNotStartAndNamesIt(String file, String expected) throws Exception {
        Files.writeString(folder.resolve("broken.awskms"), "broken");
        String good = Files.readString(folder.resolve("server.awskms"));
        Files.writeString(
                folder.resolve("forbidden.awskms"), good.replaceFirst("\n", "\nendpoint: http://localhost:1\n"));
        Path log = folder.resolve("application.log");
        Process application =
                start(log, Programs.freePort(), "--spring.ssl.bundle.jks.server.keystore.location=file:" + file);
        assertEquals(1, programs().awaitEnd(application));
        String text = Files.readString(log);
        assertTrue(text.contains(file) && text.contains(expected), text);
    }

    @Test
    void application_deniedByKms_logsTheLineOfThePage() throws Exception {
        int port = Programs.freePort();
        Path log = folder.resolve("application.log");
        // the page shows this way too: a keystore file without a bundle
        Process application = start(
                log,
                port,
                "--server.ssl.bundle=",
                "--server.ssl.key-store-type=AWSKMS",
                "--server.ssl.key-store=file:server.awskms");
        try {
            programs().untilServed(application, port, "server.pem", GREETING);
            emulator.faults().add(Fault.on("Sign").always().accessDenied());
            String refused = programs().run("! curl -sS --cacert server.pem https://localhost:" + port + "/");
            assertTrue(refused.contains("curl: (35)"), refused);
            programs().untilTrue(application, "grep -q " + LOGGER + " application.log");
        } finally {
            stop(application);
        }
        List<String> logged = linesWith(log, LOGGER);
        String shown = linesWith(PAGE, LOGGER).get(0);
        assertEquals(1, logged.size(), logged::toString);
        assertEquals(withoutIds(shown), withoutIds(logged.get(0)));
    }

    @Test
    void application_withUnknownProperty_doesNotStartAndSuggestsAName() throws Exception {
        assertRefusesToStart(
                start(folder.resolve("application.log"), Programs.freePort(), "--awskms.regoin=eu-west-1"),
                "unknown setting 'regoin'; did you mean 'region'?");
    }

    /** Spring Boot itself accepts this name for {@code awskms.call-timeout}. The value 9 is wrong: it has no unit. */
    @Test
    void application_withUnknownVariableAndWrongValue_doesNotStartAndNamesTheVariable() throws Exception {
        assertRefusesToStart(
                programs()
                        .with("AWSKMS_CALLTIMEOUT", "9")
                        .start(folder.resolve("application.log"), command(Programs.freePort())),
                "environment variable AWSKMS_CALLTIMEOUT: unknown setting 'calltimeout'; did you mean 'call-timeout'?");
    }

    private void assertRefusesToStart(Process application, String expected) throws Exception {
        assertEquals(1, programs().awaitEnd(application));
        String text = Files.readString(folder.resolve("application.log"));
        assertTrue(text.contains(expected), text);
        assertTrue(text.contains("APPLICATION FAILED TO START"), text);
    }

    /** Replaces {@code mvn} by a command that does nothing, because the build has already made the application. */
    @Test
    void page_serveAndRenew_printsTheShownOutput() throws Exception {
        int port = Programs.freePort();
        Page page = Page.sections("spring-boot.md", Set.of("Serve HTTPS", "Renew the certificate"));
        String output = programs()
                .with(
                        "SAMPLES",
                        SAMPLE.resolveSibling("").toAbsolutePath().normalize().toString())
                .with("SERVER_PORT", Integer.toString(port))
                .run("kms-jca() { java -jar \"$JAR\" \"$@\"; }; mvn() { true; }\n" + page.script(port));
        page.requireShown(output);
    }

    @Test
    void page_showsThePropertiesOfTheSample() throws IOException {
        String page = Files.readString(PAGE);
        String properties = Files.readString(SAMPLE.resolve("src/main/resources/application.properties"));
        assertTrue(page.contains("```properties\n" + properties + "```"), page);
    }

    @Test
    void sample_usesTheOldestSupportedSpringBoot() throws IOException {
        String version = System.getProperty("kmsjca.spring-boot.minimum");
        String pom = Files.readString(SAMPLE.resolve("pom.xml"));
        assertTrue(pom.contains("<spring-boot.version>" + version + "</spring-boot.version>"), pom);
    }

    private Process start(Path log, int port, String... arguments) throws IOException {
        return programs().start(log, command(port, arguments));
    }

    private static String[] command(int port, String... arguments) throws IOException {
        Path jar = Programs.product(SAMPLE.resolve("target"), "spring-boot-with-kms-.*\\.jar");
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--spring.ssl.bundle.watch.file.quiet-period=1s"));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private void stop(Process application) throws InterruptedException {
        application.destroy();
        programs().awaitEnd(application);
    }

    private Programs programs() {
        try {
            return new Programs(folder, emulator);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void makeCertificate(String name, String subject) throws IOException, InterruptedException {
        programs()
                .run("java -jar \"$JAR\" selfsign alias/code --subject " + subject + " --san dns:localhost --out "
                        + name + ".pem");
    }

    private void importCertificate(String alias, String name) throws IOException, InterruptedException {
        programs()
                .run("java -jar \"$JAR\" import --keystore server.awskms --alias " + alias + " alias/code " + name
                        + ".pem");
    }

    /** Adds a second entry below the first one. */
    private void addEntry() throws IOException, InterruptedException {
        makeCertificate("other", "CN=localhost,O=Other");
        importCertificate("other", "other");
    }

    /** Returns the logger and the message of a log line, with the same text for all ids. */
    private static String withoutIds(String line) {
        return line.substring(line.indexOf(LOGGER))
                .replaceAll("\\s+", " ")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID");
    }

    private static List<String> linesWith(Path file, String text) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code selfsign} with subjects outside ASCII, in locales that can and cannot represent the characters. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    /** JVM options that shorten a run. None of them contains a blank. */
    private static final String OPTIONS =
            String.join(" ", Workplace.SHORT_RUN) + " " + String.join(" ", ClassArchive.options());

    @TempDir
    private Path folder;

    @BeforeAll
    static void createKey() {
        EMULATOR.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
    }

    /**
     * Runs {@code selfsign} in a locale, with a subject of the given bytes, and returns the exit code. A shell script
     * passes the bytes, because Java would encode arguments with the locale of this test.
     */
    private int run(String locale, byte[] subject) throws Exception {
        Path script = folder.resolve("script.sh");
        String before = "exec \"$JAVA\" $OPTIONS -jar \"$JAR\" selfsign alias/code --out code.pem --subject 'CN=";
        try (OutputStream out = Files.newOutputStream(script)) {
            out.write(before.getBytes(StandardCharsets.US_ASCII));
            out.write(subject);
            out.write("'\n".getBytes(StandardCharsets.US_ASCII));
        }
        ProcessBuilder shell = new ProcessBuilder("sh", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        Map<String, String> environment = shell.environment();
        environment.putAll(Workplace.of(folder, EMULATOR.endpoint()).variables());
        environment.put("LC_ALL", locale);
        environment.put("OPTIONS", OPTIONS);
        environment.put(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("JAR", Workplace.allJar().toString());
        return shell.start().waitFor();
    }

    static Stream<String> locales() {
        return SuiteExtent.everyNth(List.of("C", "POSIX", "C.UTF-8"), 2);
    }

    @ParameterizedTest
    @MethodSource("locales")
    void selfsign_utf8SubjectInAnyLocale_isInTheCertificate(String locale) throws Exception {
        String name = "M\u00fcller \u65e5\u672c";
        assertEquals(0, run(locale, name.getBytes(StandardCharsets.UTF_8)), this::output);
        try (InputStream in = Files.newInputStream(folder.resolve("code.pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertEquals("CN=" + name, certificate.getSubjectX500Principal().getName());
        }
    }

    static Stream<String> localesOfRefusals() {
        return SuiteExtent.firstOf("C.UTF-8", "C");
    }

    @ParameterizedTest
    @MethodSource("localesOfRefusals")
    void selfsign_latin1Subject_isRefusedAndTheErrorNamesTheLocale(String locale) throws Exception {
        assertEquals(2, run(locale, "M\u00fcller".getBytes(StandardCharsets.ISO_8859_1)));
        assertTrue(
                output().startsWith("kms-jca: argument 6 contains characters that the locale cannot represent (LC_ALL="
                        + locale + ")"),
                this::output);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}

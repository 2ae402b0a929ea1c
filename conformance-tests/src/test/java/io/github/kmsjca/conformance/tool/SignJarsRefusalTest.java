package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that {@code kms-jca sign} refuses wrong arguments before any KMS call. The jar does not change. The test
 * {@code SignRefusalTest} of the module {@code cli} has the texts about the other options.
 */
class SignJarsRefusalTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    private Workplace place;
    private byte[] unsigned = {};

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        place = BENCH.workplace(folder, KEY);
        Files.createDirectory(folder.resolve("jars"));
        unsigned = Files.readAllBytes(SignedJar.writeUnsigned(folder.resolve("jars/app-0.jar")));
    }

    @AfterEach
    void nothingIsSigned() throws IOException {
        assertArrayEquals(unsigned, Files.readAllBytes(place.path("jars/app-0.jar")));
        assertEquals(List.of(), BENCH.requests());
    }

    private ToolResult sign(String arguments) {
        String command = " sign --keystore release.awskms --alias " + Workbench.ENTRY + " ";
        return place.java("-jar " + Workplace.allJar() + command + arguments);
    }

    @Test
    void out_jarsWithEqualNames_areRefused() throws IOException {
        Files.createDirectory(place.path("more"));
        SignedJar.writeUnsigned(place.path("more/app-0.jar"));
        ToolResult result = sign("jars more --out signed");
        assertEquals(1, result.exitCode());
        assertTrue(
                result.output()
                        .endsWith("kms-jca: jars/app-0.jar and more/app-0.jar would both become signed/app-0.jar; sign"
                                + " them in two runs, with different folders\n"),
                result::output);
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void emptyArgument_isRefused() {
        assertEquals(2, sign("''").exitCode());
        assertEquals(2, sign("jars --out ''").exitCode());
    }

    @ParameterizedTest
    @CsvSource({"no-such.jar, 1, there is no file no-such.jar", "jars --jobs 0, 2, --jobs must be at least 1"})
    void wrongArgument_isReportedInOneLine(String arguments, int code, String text) {
        ToolResult result = sign(arguments);
        assertEquals(code, result.exitCode());
        assertEquals("kms-jca: " + text + "\n", result.output());
    }
}

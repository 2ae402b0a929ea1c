package io.github.kmsjca.conformance.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.tool.Library;
import io.github.kmsjca.conformance.tool.ToolResult;
import io.github.kmsjca.conformance.tool.Workplace;
import io.github.kmsjca.emulator.KmsEmulator;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Counts the threads and open files of providers, while programs use the providers and afterwards. Also checks that
 * closing a provider ends its calls.
 */
class CloseTest {
    @AutoClose
    private static final KmsEmulator EMULATOR = KmsEmulator.start();

    private static final String KEY = EMULATOR.createKey("ECC_NIST_P256");

    @TempDir
    private Path folder;

    private Workplace place;

    @BeforeEach
    void prepare() {
        // this call timeout is longer than any test, so that no thread and no connection ends because of it; without
        // the variable for the attempt timeout, the default applies
        place = Workplace.of(folder, EMULATOR.endpoint())
                .with("AWSKMS_CALL_TIMEOUT", "60m")
                .without("AWSKMS_ATTEMPT_TIMEOUT");
    }

    /** Runs {@link ResourceProgram}, and returns the figures that it prints, by name. */
    private Map<String, Integer> resources(JarVariant variant, ResourceProgram.Mode mode, int uses) {
        return place.withOptions(List.of("-cp", variant.classPath() + File.pathSeparator + Library.tests()))
                .withVmOptions(variant.option(), "-Xmx128m")
                .java(ResourceProgram.class.getName() + " " + mode + " " + uses + " " + KEY)
                .requireSuccess()
                .output()
                .lines()
                .filter(line -> line.matches("[a-z ]+: -?[0-9]+"))
                .map(line -> line.split(": ", -1))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Integer.parseInt(parts[1])));
    }

    /** Returns the jars. A usual run has one for each HTTP client: the library, and the one-file jar in tools. */
    static Stream<JarVariant> variants() {
        return SuiteExtent.everyNth(List.of(JarVariant.values()), 2);
    }

    /** For a moment, each provider may have three threads of its own. */
    @ParameterizedTest
    @MethodSource("variants")
    @DisabledOnOs(OS.WINDOWS)
    void close_manyShortLivedProviders_leaveNothing(JarVariant variant) {
        Map<String, Integer> figures = resources(variant, ResourceProgram.Mode.CLOSED, SuiteExtent.times(30, 90));
        assertAtMost(3, "threads peak", figures);
        assertAtMost(0, "threads left", figures);
        assertAtMost(10, "files peak", figures);
        assertAtMost(0, "files left", figures);
        assertAtMost(0, "threads of providers after close", figures);
    }

    /** With Apache's HTTP client, one thread of the AWS SDK stays. All providers share it until the last is closed. */
    @ParameterizedTest
    @MethodSource("variants")
    @DisabledOnOs(OS.WINDOWS)
    void manyProvidersThatAreNotClosed_endTheirThreadsAndFiles(JarVariant variant) {
        Map<String, Integer> figures = resources(variant, ResourceProgram.Mode.LEFT, SuiteExtent.times(30, 90));
        // up to fifteen providers have threads at once (Mode.usesBetweenWaits)
        assertAtMost(3 * 15, "threads peak", figures);
        assertAtMost(0, "threads left", figures);
        assertAtMost(0, "files left", figures);
        assertAtMost(1, "threads of providers after close", figures);
    }

    @Tag(SuiteExtent.WHOLE)
    @ParameterizedTest
    @EnumSource
    @DisabledOnOs(OS.WINDOWS)
    void close_duringTheFirstUseByAnotherThread_leavesNothing(JarVariant variant) {
        Map<String, Integer> figures = resources(variant, ResourceProgram.Mode.RACED, 200);
        assertAtMost(0, "threads left", figures);
        assertAtMost(0, "files left", figures);
        assertAtMost(0, "threads of providers after close", figures);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void manyGrantTokens_needFewThreadsAndFiles() {
        Map<String, Integer> figures =
                resources(JarVariant.LIBRARY, ResourceProgram.Mode.TOKENS, SuiteExtent.times(60, 1000));
        assertAtMost(10, "threads peak", figures);
        assertAtMost(10, "files peak", figures);
        assertAtMost(0, "threads of providers after close", figures);
    }

    /** The provider keeps the clients for a hundred time limits, each with one connection. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void manyTimeLimits_keepAtMostAHundredConnections() {
        Map<String, Integer> figures =
                resources(JarVariant.LIBRARY, ResourceProgram.Mode.LIMITS, SuiteExtent.times(120, 500));
        assertAtMost(100, "files left", figures);
        assertAtMost(0, "threads of providers after close", figures);
    }

    /** Returns jars, whether the server sends half an answer, and whether the connections then close. */
    static Stream<Arguments> waits() {
        List<Arguments> all = List.of(
                Arguments.of(JarVariant.LIBRARY, false, true),
                Arguments.of(JarVariant.LIBRARY, true, true),
                Arguments.of(JarVariant.ONE_FILE_JAR, true, true),
                Arguments.of(JarVariant.ONE_FILE_JAR_IN_TOOLS, false, true),
                Arguments.of(JarVariant.ONE_FILE_JAR_IN_TOOLS, true, false));
        return SuiteExtent.everyNth(all, 2);
    }

    /**
     * In the tools, the provider uses the JDK's HTTP client. While a connection waits for the rest of an answer, this
     * client cannot close the connection before {@code call-timeout} ends.
     */
    @ParameterizedTest
    @MethodSource("waits")
    void close_whileCallsWaitForAServer_callsFailBeforeTheirTimeLimit(
            JarVariant variant, boolean sendsHalfAnAnswer, boolean closesConnections) {
        ToolResult result = place.withOptions(
                        List.of("-cp", variant.classPath() + File.pathSeparator + Library.tests()))
                .withVmOptions(variant.option())
                .java(ClosingProgram.class.getName()
                        + " region=us-east-1;attempts=1;call-timeout=60m;attempt-timeout=60m " + sendsHalfAnAnswer + " "
                        + closesConnections)
                .requireSuccess();
        String lastLines = closesConnections ? "connections closed: true\nthreads left: 0\n" : "";
        assertEquals("arrived: true\n" + "failed: CLOSED\n".repeat(ClosingProgram.CALLS) + lastLines, result.output());
    }

    private static void assertAtMost(int most, String name, Map<String, Integer> figures) {
        assertTrue(figures.getOrDefault(name, Integer.MAX_VALUE) <= most, () -> name + ": " + figures);
    }
}

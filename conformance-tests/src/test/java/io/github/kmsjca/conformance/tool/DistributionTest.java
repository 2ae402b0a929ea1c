package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scripts of the distribution for POSIX shells: kms-jarsigner, kms-keytool and kms-jca. */
@DisabledOnOs(OS.WINDOWS)
class DistributionTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String[] SIGN = {"-keystore", "release.awskms", "in.jar", Workbench.ENTRY};

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    @TempDir
    private static Path unpacked;

    /** The folder of the distribution. Its path has a blank, as under "Program Files". */
    private static Path distribution;

    @TempDir
    private Path folder;

    private Workplace place;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        distribution = Distribution.unpack(unpacked);
    }

    @BeforeEach
    void prepare() {
        place = BENCH.workplace(folder, KEY)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("PATH", System.getenv("PATH"))
                .with("XDG_CACHE_HOME", Distribution.WITHOUT_ARCHIVE);
    }

    private ToolResult run(Tool tool, String... arguments) {
        return tool.run(distribution, folder, place.variables(), List.of(arguments));
    }

    private ToolResult sign(String... moreArguments) {
        return run(
                        Tool.KMS_JARSIGNER,
                        Stream.of(moreArguments, SIGN).flatMap(Stream::of).toArray(String[]::new))
                .requireSuccess();
    }

    private boolean isSigned() {
        return SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(KEY));
    }

    static Stream<String> unusableFolders() {
        return SuiteExtent.firstOf("relative", Distribution.WITHOUT_ARCHIVE);
    }

    @ParameterizedTest
    @MethodSource("unusableFolders")
    void jarsigner_unusableCacheFolder_signsWithTheUsualOutput(String cache) {
        place = place.with("XDG_CACHE_HOME", cache);
        assertEquals(expectedOutput(), sign().output());
        assertTrue(isSigned());
    }

    /** Returns the output of jarsigner, run without the script. */
    private String expectedOutput() {
        // signs the jar first, so that the next run and the run of the script both replace a signature
        place.jarsigner(Workbench.SIGN);
        return place.jarsigner(Workbench.SIGN).output();
    }

    @Test
    void jarsigner_verifyWithoutOrWithPkcs12Keystore_verifiesWithoutKms() {
        sign();
        BENCH.ca().writeTrustStore(place.path("trust.p12"));
        BENCH.emulator().requests().clear();
        for (String arguments : List.of("in.jar", "-strict -keystore trust.p12 -storepass changeit in.jar")) {
            ToolResult result =
                    run(Tool.KMS_JARSIGNER, ("-verify " + arguments).split(" ")).requireSuccess();
            assertTrue(result.output().contains("jar verified."), result::output);
        }
        assertEquals(List.of(), BENCH.requests());
    }

    @Tag(SuiteExtent.WHOLE)
    @ParameterizedTest
    @ValueSource(strings = {"-STOREPASS any", "-storetype awskms", "-STORETYPE AWSKMS -Protected"})
    void jarsigner_optionsInAnyCase_signs(String options) {
        sign(options.split(" "));
        assertTrue(isSigned());
    }

    @Test
    void jarsigner_localPkcs12Keystore_signsWithoutKms() {
        String local = "-keystore local.p12 -storetype PKCS12 -storepass changeit";
        run(Tool.KMS_KEYTOOL, ("-genkeypair -alias local -keyalg EC -dname CN=local " + local).split(" "))
                .requireSuccess();
        run(Tool.KMS_JARSIGNER, (local + " in.jar local").split(" ")).requireSuccess();
        assertEquals(List.of(), BENCH.requests());
    }

    @Test
    void jarsigner_providerArgumentBeforeKeystore_configuresTheProvider() {
        ToolResult result = sign("-providerArg", "attempts=1");
        assertTrue(result.output().contains("jar signed."), result::output);
        assertTrue(run(
                        Tool.KMS_JARSIGNER,
                        "-providerArg",
                        "attempts=none",
                        "-keystore",
                        "release.awskms",
                        "in.jar",
                        "release")
                .requireOneError()
                .contains("attempts"));
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_callerNamesProviderAndStoretype_signs() {
        sign("-providerClass", "io.github.kmsjca.KmsProvider", "-storetype", "AWSKMS", "-protected");
        assertTrue(isSigned());
    }

    @Test
    void keytool_aliasNamedLikeACommand_becomesTheAlias() throws IOException {
        run(
                        Tool.KMS_KEYTOOL,
                        ("-providerarg adopt=" + KEY.alias() + " -alias sign -genkeypair -keyalg EC -dname CN=a"
                                        + " -keystore other.awskms -providername AWSKMS")
                                .split(" "))
                .requireSuccess();
        assertTrue(Files.readString(place.path("other.awskms")).contains("alias: sign"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-certreq -alias release", "-list -v"})
    void keytool_withoutKeystore_errorNamesTheOption(String arguments) {
        ToolResult result = run(Tool.KMS_KEYTOOL, arguments.split(" "));
        assertEquals(1, result.exitCode());
        assertEquals(
                "kms-keytool: there is no -keystore; write -keystore FILE, or -keystore NONE for the keys of the"
                        + " account\n",
                result.output());
    }

    @Test
    void kmsJca_command_runsWithItsExitCode() {
        assertTrue(run(Tool.KMS_JCA, "list").requireSuccess().output().contains(KEY.alias()));
        assertTrue(run(Tool.KMS_JCA, "--version").requireSuccess().output().startsWith("kms-jca "));
        assertEquals(2, run(Tool.KMS_JCA, "no-such-command").exitCode());
    }

    @Test
    void kmsJca_linkInAnotherFolder_findsTheDistribution() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("local/bin"));
        Files.createSymbolicLink(
                folder.resolve("absolute"), distribution.resolve("bin").resolve("kms-jca"));
        Files.createSymbolicLink(bin.resolve("kms-jca"), Path.of("../../absolute"));
        ToolResult result = Tool.KMS_JCA.run(folder.resolve("local"), folder, place.variables(), List.of("--version"));
        assertTrue(result.requireSuccess().output().startsWith("kms-jca "));
    }

    @Test
    void jarsigner_javaOnThePathWithoutJavaHome_signs() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        place = place.without("JAVA_HOME").with("PATH", bin + ":" + System.getenv("PATH"));
        sign();
        assertTrue(isSigned());
    }

    @Test
    void jarsigner_javaOnThePathThatDoesNotStart_isNamedWithTheRemedy() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Path java = Files.writeString(broken.resolve("java"), "#!/bin/sh\nexit 1\n");
        assertTrue(java.toFile().setExecutable(true));
        place = place.without("JAVA_HOME").with("PATH", broken + ":" + System.getenv("PATH"));
        ToolResult result = run(Tool.KMS_JARSIGNER, SIGN);
        assertEquals(1, result.exitCode());
        assertEquals(
                "kms-jarsigner: " + java + " does not report its JDK; set JAVA_HOME to a JDK, version 17 or later\n",
                result.output());
    }

    @Test
    void jarsigner_wrongJavaHome_isNamedWithTheRemedy() {
        place = place.with("JAVA_HOME", "/nowhere");
        ToolResult result = run(Tool.KMS_JARSIGNER, SIGN);
        assertEquals(1, result.exitCode());
        assertEquals(
                "kms-jarsigner: JAVA_HOME is /nowhere, which has no bin/java; set it to a JDK, version 17 or later\n",
                result.output());
    }

    @Test
    void jarsigner_runtimeWithoutJarsigner_isNamedWithTheRemedy() throws IOException {
        Path runtime = folder.resolve("jre");
        Files.createDirectories(runtime.resolve("bin"));
        Files.createSymbolicLink(runtime.resolve("bin/java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        place = place.with("JAVA_HOME", runtime.toString());
        assertEquals(
                "kms-jarsigner: the JDK " + runtime
                        + " has no jarsigner; set JAVA_HOME to a complete JDK, version 17 or later\n",
                run(Tool.KMS_JARSIGNER, SIGN).output());
    }

    @Test
    void jarsigner_wrongSettingInJavaToolOptions_isReported() {
        place = place.with("JAVA_TOOL_OPTIONS", "-Duser.language=en -Dawskms.attempts=none");
        assertTrue(run(Tool.KMS_JARSIGNER, SIGN).requireOneError().contains("attempts"));
    }

    /** With two collectors, the JVM does not start. */
    @Test
    void jarsigner_collectorInJavaOptions_signs() {
        place = place.with("_JAVA_OPTIONS", "-XX:+UseParallelGC");
        sign();
        assertTrue(isSigned());
    }

    @Test
    void kmsJca_compilerInJavaToolOptions_isUsed() {
        place = place.with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=3 -XX:+PrintFlagsFinal");
        String flags = run(Tool.KMS_JCA, "--version").requireSuccess().output();
        assertTrue(flags.matches("(?s).*\\bTieredStopAtLevel +:?= 3\\b.*"), flags);
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_neitherHomeNorXdgCacheHomeSet_signs() {
        place = place.without("HOME").with("XDG_CACHE_HOME", "");
        sign();
        assertTrue(isSigned());
    }
}

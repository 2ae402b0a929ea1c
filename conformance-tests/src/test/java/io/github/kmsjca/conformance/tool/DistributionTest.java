package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scripts of the distribution for POSIX shells: kms-jarsigner, kms-keytool and kms-jca. */
@DisabledOnOs(OS.WINDOWS)
class DistributionTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String[] SIGN = {"-keystore", "release.awskms", "in.jar", Workbench.ENTRY};
    private static final String PRIVATE_FOLDER = "rwx------";

    /**
     * A path where no cache folder can be created, so the scripts make no class archive. This saves a second for each
     * run that needs none.
     */
    private static final String WITHOUT_ARCHIVE = "/dev/null";

    /** The JVM logs this text for each class that it loads from the archive. */
    private static final String FROM_ARCHIVE = "shared objects file (top)";

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
        Path parent = Files.createDirectory(unpacked.resolve("all programs"));
        Path archive = Workplace.required("kmsjca.distribution");
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString())
                .directory(parent.toFile())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        try (Stream<Path> folders = Files.list(parent)) {
            distribution = folders.findFirst().orElseThrow();
        }
    }

    @BeforeEach
    void prepare() {
        place = BENCH.workplace(folder, KEY)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("PATH", System.getenv("PATH"))
                .with("XDG_CACHE_HOME", WITHOUT_ARCHIVE);
    }

    private void allowArchives() {
        place = place.without("XDG_CACHE_HOME");
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

    private Path cache() {
        return folder.resolve(".cache").resolve("kms-jca");
    }

    private List<Path> archives() throws IOException {
        return list(cache());
    }

    private static List<Path> list(Path parent) throws IOException {
        if (Files.notExists(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.sorted().toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void jarsigner_keystoreAndAlias_signsAndMakesAnArchiveThatLaterRunsUse() throws IOException {
        allowArchives();
        sign();
        assertTrue(isSigned());
        assertEquals(1, archives().size());
        assertEquals(PRIVATE_FOLDER, permissions(cache()));
        assertEquals("rw-------", permissions(archives().get(0)));

        BENCH.emulator().requests().clear();
        assertTrue(sign("-J-Xlog:class+load").output().contains(FROM_ARCHIVE));
        assertEquals(List.of("Sign"), BENCH.requests());
        assertEquals(1, archives().size());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_jarWithAnotherTime_makesAnotherArchive() throws IOException {
        allowArchives();
        sign();
        Path jar = jarInLib();
        FileTime built = Files.getLastModifiedTime(jar);
        try {
            Files.setLastModifiedTime(jar, FileTime.fromMillis(built.toMillis() - 100_000_000_000L));
            sign();
            assertEquals(2, archives().size());
        } finally {
            Files.setLastModifiedTime(jar, built);
        }
    }

    private static Path jarInLib() throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx---rwx"})
    void jarsigner_cacheFolderThatOthersCanWrite_neitherUsesNorMakesAnArchive(String permissions) throws IOException {
        allowArchives();
        sign();
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString(permissions));
        assertFalse(sign("-J-Xlog:class+load").output().contains(FROM_ARCHIVE));
        Files.delete(archives().get(0));
        sign();
        assertEquals(List.of(), archives());
    }

    @Test
    void jarsigner_archiveThatOthersCanWrite_isNotUsed() throws IOException {
        allowArchives();
        sign();
        Files.setPosixFilePermissions(archives().get(0), PosixFilePermissions.fromString("rw--w----"));
        assertFalse(sign("-J-Xlog:class+load").output().contains(FROM_ARCHIVE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/.cache", "home"})
    void jarsigner_folderAboveTheCacheThatOthersCanWrite_makesNoArchive(String writable) throws IOException {
        Files.createDirectories(folder.resolve("home/.cache"));
        Files.setPosixFilePermissions(folder.resolve(writable), PosixFilePermissions.fromString("rwxrwxrwx"));
        place = place.with("XDG_CACHE_HOME", folder.resolve("home/.cache").toString());
        sign();
        assertEquals(List.of(), list(folder.resolve("home/.cache/kms-jca")));
    }

    @Test
    void jarsigner_cacheFolderThatIsALink_makesNoArchive() throws IOException {
        allowArchives();
        Files.createDirectory(folder.resolve(".cache"));
        Path other = Files.createDirectory(
                folder.resolve("other"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE_FOLDER)));
        Files.createSymbolicLink(cache(), other);
        sign();
        assertEquals(List.of(), archives());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "relative"})
    void jarsigner_unusableCacheFolder_signsSilently(String cache) {
        place = place.with("XDG_CACHE_HOME", cache);
        assertEquals(expectedOutput(), sign().output());
        assertTrue(isSigned());
    }

    private String expectedOutput() {
        // signs the jar first, so that this run and the run of the script both replace a signature
        place.jarsigner(Workbench.SIGN);
        return place.withOptions(List.of("-cp", Workplace.allJar().toString()), "-addprovider", "AWSKMS")
                .jarsigner(Workbench.SIGN)
                .output();
    }

    @Test
    void jarsigner_failedRun_leavesNoArchive() throws IOException {
        allowArchives();
        ToolResult result = run(Tool.KMS_JARSIGNER, "-keystore", "release.awskms", "in.jar", "no-such-entry");
        assertTrue(result.requireOneError().contains("no-such-entry"));
        assertEquals(List.of(), archives());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_severalProcessesAtOnce_allSucceedAndLeaveOneArchive() throws IOException {
        allowArchives();
        List<CompletableFuture<ToolResult>> runs = IntStream.range(0, 3)
                .mapToObj(i -> "in" + i + ".jar")
                .map(jar -> CompletableFuture.supplyAsync(() -> {
                    SignedJar.writeUnsigned(place.path(jar));
                    return run(Tool.KMS_JARSIGNER, "-keystore", "release.awskms", jar, Workbench.ENTRY);
                }))
                .toList();
        runs.forEach(result -> result.join().requireSuccess());
        assertEquals(1, archives().size());
        assertTrue(archives().get(0).toString().endsWith(".jsa"));
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

    /** If the user sets one of these, the scripts omit their garbage collector, archive or {@code -Xlog:disable}. */
    @Tag(SuiteExtent.WHOLE)
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseParallelGC", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n", "-Xlog:gc"})
    void jarsigner_javaToolOptionsForTheJvm_signs(String option) {
        allowArchives();
        place = place.with("JAVA_TOOL_OPTIONS", option);
        sign();
        sign();
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
    void keytool_commandsWithAndWithoutKeystore_succeedAndMakeOneArchive() throws IOException {
        allowArchives();
        String list = run(Tool.KMS_KEYTOOL, "-list", "-keystore", "release.awskms")
                .requireSuccess()
                .output();
        assertTrue(list.contains("Your keystore contains 1 entry"), list);
        run(Tool.KMS_KEYTOOL, "-list", "-keystore", "release.awskms", "-storepass", "")
                .requireSuccess();
        run(
                        Tool.KMS_KEYTOOL,
                        "-certreq",
                        "-alias",
                        Workbench.ENTRY,
                        "-keystore",
                        "release.awskms",
                        "-file",
                        "new request")
                .requireSuccess();
        assertEquals(1, archives().size());
        String printed = run(Tool.KMS_KEYTOOL, "-printcertreq", "-file", "new request")
                .requireSuccess()
                .output();
        assertTrue(printed.contains("CN=release"), printed);
        assertEquals(0, run(Tool.KMS_KEYTOOL, "-help").exitCode());
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

    @Test
    void kmsJca_help_makesNoArchive() throws IOException {
        allowArchives();
        run(Tool.KMS_JCA, "sign", "--help").requireSuccess();
        assertEquals(List.of(), archives());
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

    @Test
    void jarsigner_homeIsNotSet_signs() {
        place = place.without("HOME").with("XDG_CACHE_HOME", "");
        sign();
        assertTrue(isSigned());
    }
}

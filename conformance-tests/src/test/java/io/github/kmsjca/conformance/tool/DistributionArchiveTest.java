package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the class-data archives that the scripts of the distribution make and use. */
@DisabledOnOs(OS.WINDOWS)
class DistributionArchiveTest {
    private static final SigningKey KEY = SigningKey.ECC_NIST_P256;
    private static final String[] SIGN = {"-keystore", "release.awskms", "in.jar", Workbench.ENTRY};
    private static final String PRIVATE_FOLDER = "rwx------";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE_FOLDER));

    /**
     * The JVM logs this text if it uses an archive of the scripts, because its own archive does not have this class.
     * Java 17 loads no class of ours from an archive, because the path of the distribution has a blank here.
     */
    private static final String FROM_ARCHIVE = "sun.security.tools.jarsigner.Main source: shared objects file";

    @AutoClose
    private static final Workbench BENCH = Workbench.with(KEY);

    @TempDir
    private static Path unpacked;

    private static Path distribution;

    /** An archive that {@link #prepareArchive} copies. */
    private static Path madeArchive;

    @TempDir
    private Path folder;

    private Workplace place;

    @BeforeAll
    static void unpackAndMakeArchive() throws IOException, InterruptedException {
        distribution = Distribution.unpack(unpacked);
        Path home = Files.createDirectory(unpacked.resolve("home"));
        ToolResult signed =
                Tool.KMS_JARSIGNER.run(distribution, home, workplace(home).variables(), List.of(SIGN));
        signed.requireSuccess();
        Distribution.awaitArchives(cache(home));
        madeArchive = list(cache(home)).get(0);
    }

    private static Workplace workplace(Path home) {
        return BENCH.workplace(home, KEY)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("PATH", System.getenv("PATH"));
    }

    @BeforeEach
    void prepare() {
        place = workplace(folder);
    }

    /** Copies an archive to where the scripts look for it, as if an earlier run had made it. To make one takes long. */
    private Path prepareArchive() throws IOException {
        Files.createDirectory(folder.resolve(".cache"));
        Files.createDirectory(cache(), PRIVATE);
        Path archive = cache().resolve(madeArchive.getFileName());
        return Files.copy(madeArchive, archive, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Waits, because JUnit deletes the folder, where programs in the background may still write. */
    @AfterEach
    void finish() throws IOException, InterruptedException {
        Distribution.awaitArchives(cache());
    }

    private ToolResult run(Tool tool, String... arguments) {
        return tool.run(distribution, folder, place.variables(), List.of(arguments));
    }

    /** Signs a jar, and waits for the archive that this makes. */
    private ToolResult sign(String... moreArguments) throws IOException, InterruptedException {
        String[] arguments = Stream.of(moreArguments, SIGN).flatMap(Stream::of).toArray(String[]::new);
        ToolResult signed = run(Tool.KMS_JARSIGNER, arguments).requireSuccess();
        Distribution.awaitArchives(cache());
        return signed;
    }

    private boolean isSigned() {
        return SignedJar.read(place.path("in.jar")).isSignedBy(BENCH.publicKey(KEY));
    }

    private Path cache() {
        return cache(folder);
    }

    private static Path cache(Path home) {
        return home.resolve(".cache").resolve("kms-jca");
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
    void jarsigner_keystoreAndAlias_signsAndMakesAnArchiveThatLaterRunsUse() throws IOException, InterruptedException {
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
    void jarsigner_jarWithAnotherTime_makesAnotherArchive() throws IOException, InterruptedException {
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

    /** Lets others or the group write. In the test of the archive's own permissions, the group can write. */
    static Stream<String> permissionsOfOthers() {
        return SuiteExtent.firstOf("rwx---rwx", "rwxrwx---");
    }

    @ParameterizedTest
    @MethodSource("permissionsOfOthers")
    void jarsigner_cacheFolderThatOthersCanWrite_neitherUsesNorMakesAnArchive(String permissions)
            throws IOException, InterruptedException {
        Path archive = prepareArchive();
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString(permissions));
        assertFalse(sign("-J-Xlog:class+load").output().contains(FROM_ARCHIVE));
        Files.delete(archive);
        sign();
        assertEquals(List.of(), archives());
    }

    @Test
    void jarsigner_archiveThatOthersCanWrite_isNotUsed() throws IOException, InterruptedException {
        Path archive = prepareArchive();
        // otherwise, the assertion below would prove nothing
        assertTrue(sign("-J-Xlog:class+load").output().contains(FROM_ARCHIVE));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw--w----"));
        assertFalse(sign("-J-Xlog:class+load").output().contains(FROM_ARCHIVE));
    }

    static Stream<String> foldersAboveTheCache() {
        return SuiteExtent.firstOf("home", "home/.cache");
    }

    @ParameterizedTest
    @MethodSource("foldersAboveTheCache")
    void jarsigner_folderAboveTheCacheThatOthersCanWrite_makesNoArchive(String writable)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("home/.cache"));
        Files.setPosixFilePermissions(folder.resolve(writable), PosixFilePermissions.fromString("rwxrwxrwx"));
        place = place.with("XDG_CACHE_HOME", folder.resolve("home/.cache").toString());
        sign();
        assertEquals(List.of(), list(folder.resolve("home/.cache/kms-jca")));
    }

    @Test
    void jarsigner_cacheFolderThatIsALink_makesNoArchive() throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve(".cache"));
        Path other = Files.createDirectory(folder.resolve("other"), PRIVATE);
        Files.createSymbolicLink(cache(), other);
        sign();
        assertEquals(List.of(), archives());
    }

    @Test
    void jarsigner_failedRun_leavesNoArchive() throws IOException, InterruptedException {
        ToolResult result = run(Tool.KMS_JARSIGNER, "-keystore", "release.awskms", "in.jar", "no-such-entry");
        assertTrue(result.requireOneError().contains("no-such-entry"));
        assertEquals(List.of(), archives());
    }

    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_severalProcessesAtOnce_allSucceedAndLeaveOneArchive() throws IOException, InterruptedException {
        List<CompletableFuture<ToolResult>> runs = IntStream.range(0, 3)
                .mapToObj(i -> "in" + i + ".jar")
                .map(jar -> CompletableFuture.supplyAsync(() -> {
                    SignedJar.writeUnsigned(place.path(jar));
                    return run(Tool.KMS_JARSIGNER, "-keystore", "release.awskms", jar, Workbench.ENTRY);
                }))
                .toList();
        runs.forEach(result -> result.join().requireSuccess());
        Distribution.awaitArchives(cache());
        assertEquals(1, archives().size());
        assertTrue(archives().get(0).toString().endsWith(".jsa"));
    }

    /** If the user sets one of these, the scripts omit their garbage collector, archive or {@code -Xlog:disable}. */
    @Tag(SuiteExtent.WHOLE)
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseParallelGC", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n", "-Xlog:gc"})
    void jarsigner_javaToolOptionsForTheJvm_signs(String option) throws IOException, InterruptedException {
        place = place.with("JAVA_TOOL_OPTIONS", option);
        sign();
        sign();
        assertTrue(isSigned());
    }

    @Test
    void keytool_commandsWithAndWithoutKeystore_succeedAndMakeOneArchive() throws IOException, InterruptedException {
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
        Distribution.awaitArchives(cache());
        assertEquals(1, archives().size());
        String printed = run(Tool.KMS_KEYTOOL, "-printcertreq", "-file", "new request")
                .requireSuccess()
                .output();
        assertTrue(printed.contains("CN=release"), printed);
        assertEquals(0, run(Tool.KMS_KEYTOOL, "-help").exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign --help", "help sign"})
    void kmsJca_help_makesNoArchive(String arguments) throws IOException, InterruptedException {
        run(Tool.KMS_JCA, arguments.split(" ")).requireSuccess();
        assertEquals(List.of(), archives());
    }

    /** The JVM would read the part after the colon as the path of another archive. */
    @Tag(SuiteExtent.WHOLE)
    @Test
    void jarsigner_cacheFolderWithAColon_makesNoArchive() throws IOException, InterruptedException {
        Path cache = Files.createDirectories(folder.resolve("a:b"));
        place = place.with("XDG_CACHE_HOME", cache.toString());
        sign();
        assertEquals(List.of(), list(cache));
    }

    @Test
    void jarsigner_fileNamedLikeAnOption_isNotReadByFind() throws IOException, InterruptedException {
        Files.createFile(folder.resolve("-keystore"));
        ToolResult result = sign();
        assertFalse(result.output().contains("find:"), result::output);
    }

    /**
     * With a wrong user, the scripts would still accept the folders of root, who runs these tests in CI. So the other
     * tests would pass there.
     */
    @Test
    void arePrivate_folderOfTheUser_setsTheUserWhoOwnsIt() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"), PRIVATE);
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        ". \"$0\"; are_private \"$1\" && echo \"$user\"",
                        distribution.resolve("lib/archive.sh").toString(),
                        own.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String user = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(Files.getAttribute(own, "unix:uid") + "\n", user);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "20, 1"})
    void jarsigner_anotherProcessIsMakingTheArchive_makesNoneWhileThatIsRecent(int minutesAgo, int made)
            throws IOException, InterruptedException {
        Path archive = prepareArchive();
        Path classes = archive.resolveSibling(archive.getFileName() + ".1.classes");
        Files.move(archive, classes);
        Files.setLastModifiedTime(classes, FileTime.from(Instant.now().minus(Duration.ofMinutes(minutesAgo))));
        run(Tool.KMS_JARSIGNER, SIGN).requireSuccess();
        if (made == 0) {
            assertEquals(List.of(classes), archives());
            Files.delete(classes);
        } else {
            Distribution.awaitArchives(cache());
            assertEquals(List.of(archive), archives());
        }
    }
}

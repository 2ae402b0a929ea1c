package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.samples.Document.Block;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs all commands, programs and policies in the documents, from top to bottom of each page. */
@Tag("same-on-every-jdk")
@Execution(ExecutionMode.CONCURRENT)
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)`");
    private static final String OUTPUT_OF_ANY_LENGTH = "...";

    /**
     * Shell functions that run the tools with options for short runs. The options halve the run time: the tools end
     * before the optimizing compiler helps, and all of them load the same classes.
     */
    private static final String FAST_TOOLS = Stream.of("keytool", "jarsigner", "java")
            .map(tool -> tool + "() { command " + tool
                    + Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "$ARCHIVE", "-Xlog:disable")
                            .map(option -> " " + (tool.equals("java") ? "" : "-J") + option)
                            .collect(Collectors.joining())
                    + " \"$@\"; }\n")
            .collect(Collectors.joining());

    private static final String MAKE_ARCHIVE =
            "keytool -genkeypair -alias a -keyalg RSA -dname CN=a -keystore a.awskms -storetype AWSKMS -protected"
                    + " -J-cp -J\"$JAR\" -providername AWSKMS -addprovider AWSKMS -providerarg adopt=alias/release";

    @TempDir
    static Path archives = Path.of("");

    /** The folder of the unpacked distribution. */
    private static Path distribution = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void archiveClasses() throws IOException, InterruptedException {
        distribution = unpack();
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("RSA_2048", "SIGN_VERIFY", "alias/release");
            runScript(shell(archives, emulator).with("ARCHIVE", "-XX:ArchiveClassesAtExit=" + archive()), MAKE_ARCHIVE);
        }
    }

    private static Path archive() {
        return archives.resolve("classes.jsa");
    }

    private static Shell shell(Path place, KmsEmulator emulator) throws IOException {
        return Shell.in(place)
                .with(emulator)
                .with("PATH", distribution.resolve("bin") + File.pathSeparator + Shell.path())
                .with("XDG_CACHE_HOME", archives.toString())
                .with("LIBRARIES", libraries())
                .with("JAR", oneFileJar().toAbsolutePath().normalize().toString());
    }

    /** Returns the class path of other libraries, without our own classes. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("kms-jca-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Stream<Path> pagesWithBlocks() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path page : pages()) {
            if (!Document.blocks(page).isEmpty()) {
                pages.add(page);
            }
        }
        return pages.stream();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.find(
                ROOT,
                4,
                (path, file) ->
                        path.toString().endsWith(".md") && !path.toString().contains("/target/"))) {
            return pages.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pagesWithBlocks")
    void page_commands_workAndMakeTheStatedCalls(Path page) throws IOException, InterruptedException {
        List<Block> blocks = Document.blocks(page);
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("RSA_3072", "SIGN_VERIFY", "alias/release");
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/code");
            emulator.createKey("RSA_2048", "ENCRYPT_DECRYPT", "alias/letters");
            emulator.createKey("ECC_NIST_P256", "KEY_AGREEMENT", "alias/agreement");
            emulator.createKey("ML_KEM_768", "ENCAPSULATE_DECAPSULATE", "alias/capsules");
            emulator.createKey("HMAC_256", "GENERATE_VERIFY_MAC", "alias/tokens");
            Shell shell = shell(folder, emulator).with("ARCHIVE", "-XX:SharedArchiveFile=" + archive());
            String output = "";
            for (Block block : blocks) {
                emulator.requests().clear();
                String place = page + ", line " + block.line() + ": ";
                switch (block.kind()) {
                    case EXPECT -> requireLines(place, block.lines(), output);
                    case POLICY -> assertEquals(block.wordsAfter("policy"), actions(block.text()), place);
                    case JAVA -> output = runProgram(shell, block);
                    case SHELL -> output = runScript(shell, block.text());
                }
                switch (block.kind()) {
                    case SHELL, JAVA -> assertEquals(block.wordsAfter("calls"), calls(emulator), place + output);
                    default -> {}
                }
            }
        }
    }

    private static String runScript(Shell shell, String text) throws IOException, InterruptedException {
        return shell.run("bash", "-euc", FAST_TOOLS + text).requireCode(0).output();
    }

    private String runProgram(Shell shell, Block block) throws IOException, InterruptedException {
        String name = block.wordsAfter("java").get(0);
        Files.writeString(folder.resolve(name), block.text());
        String classPath = block.needsLibraries() ? "$JAR:$LIBRARIES" : "$JAR";
        return shell.run("bash", "-euc", FAST_TOOLS + "java -cp \"" + classPath + "\" " + name)
                .requireCode(0)
                .output();
    }

    private static List<String> calls(KmsEmulator emulator) {
        return emulator.requests().all().stream()
                .map(LoggedRequest::operation)
                .distinct()
                .sorted()
                .toList();
    }

    private static void requireLines(String place, List<String> expected, String output) {
        Iterator<String> lines = output.lines().iterator();
        for (String line : expected) {
            Pattern pattern = Pattern.compile(Stream.of(line.split(Pattern.quote(OUTPUT_OF_ANY_LENGTH), -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")));
            boolean found = false;
            while (!found && lines.hasNext()) {
                found = pattern.matcher(lines.next()).matches();
            }
            assertTrue(found, place + "'" + line + "' is missing or misplaced in the output:\n" + output);
        }
    }

    private static List<String> actions(String policy) throws IOException {
        return new ObjectMapper()
                .readTree(policy).findValues("Action").stream()
                        .flatMap(action -> action.isArray() ? action.valueStream() : Stream.of(action))
                        .map(JsonNode::textValue)
                        .map(action -> action.replaceFirst("^kms:", ""))
                        .sorted()
                        .toList();
    }

    private static Path oneFileJar() throws IOException {
        return product("kms-jca-\\d.*\\.jar");
    }

    /** Unpacks the distribution, and returns its folder. */
    private static Path unpack() throws IOException, InterruptedException {
        Path archive = product("kms-jca-\\d.*\\.tar\\.gz");
        Shell.in(archives)
                .run("tar", "xzf", archive.toAbsolutePath().toString())
                .requireCode(0);
        String name = archive.getFileName().toString();
        return archives.resolve(name.substring(0, name.length() - ".tar.gz".length()));
    }

    private static Path product(String name) throws IOException {
        Path target = ROOT.resolve(Path.of("cli", "target"));
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no " + name + " in " + target + "; 'mvn verify' builds it before this test"));
        }
    }

    @Test
    void pages_links_leadToFiles() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                Path target = page.resolveSibling(link.group(1));
                assertTrue(Files.exists(target), () -> page + " links to " + target + ", which does not exist");
            }
        }
    }

    /** A page names a test as evidence for a claim. */
    @Test
    void pages_namedTests_exist() throws IOException {
        Set<String> tests;
        try (Stream<Path> files =
                Files.find(ROOT, 16, (path, file) -> path.toString().endsWith("Test.java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        for (Path page : pages()) {
            Matcher named = NAMED_TEST.matcher(Files.readString(page));
            while (named.find()) {
                String name = named.group(1);
                assertTrue(tests.contains(name), () -> page + " names " + name + ", and there is no such test");
            }
        }
    }

    @Test
    void decisions_index_listsEveryDecision() throws IOException {
        Path records = ROOT.resolve(Path.of("docs", "decisions"));
        String index = Files.readString(records.resolve("README.md"));
        try (Stream<Path> decisions = Files.list(records)) {
            for (Path decision : decisions.toList()) {
                String name = decision.getFileName().toString();
                assertTrue(name.equals("README.md") || index.contains("(" + name + ")"), () -> "not listed: " + name);
            }
        }
    }
}

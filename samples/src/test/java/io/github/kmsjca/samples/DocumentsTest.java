package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.samples.Document.Block;
import io.github.kmsjca.samples.Document.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Does what the visible text of each page says, from top to bottom, in one terminal for each page. Also checks the
 * links of the pages, the tests that they name, and the index of decisions.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path FIRST_PAGE = ROOT.resolve("README.md");
    private static final String LINK_TO_PREPARATION = "README.md#before-you-start)";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern LINK_TO_HEADING = Pattern.compile("\\]\\(([^)#:\\s]*)#([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)`");

    /** The port of servers on the pages. The test replaces it, because other programs can use it. */
    private static final String SERVER_PORT = "8443";

    /** If this text is not empty, only pages whose path ends with it run. */
    private static final String CHOSEN = System.getProperty("kmsjca.page", "");

    /** The pages whose commands run in each build. The others take minutes, and have the tag {@code other-pages}. */
    private static final Set<Path> MAIN_PAGES = Stream.of(
                    "README.md", "docs/commands.md", "docs/jarsigner.md", "docs/keytool.md", "docs/sign.md")
            .map(ROOT::resolve)
            .collect(Collectors.toUnmodifiableSet());

    private static final String ANY_TEXT = "...";

    /**
     * Makes scripts that run the tools with options for short runs, and puts these scripts first in the path. The
     * options halve the run time: the tools end before the optimizing compiler helps, and all of them load the same
     * classes, which the JVM reads from a class-data archive. Shell functions would not do: {@code kill $!} would not
     * end the Java program of a function in the background.
     */
    private static final String FAST_TOOLS = Stream.of("keytool", "jarsigner", "java")
            .map(DocumentsTest::fastTool)
            .collect(Collectors.joining("", "FAST=$(mktemp -d \"$ARCHIVES/tools.XXXXXX\")\n", "PATH=$FAST:$PATH\n"));

    /** Commands whose runs make the class-data archives: one for the JDK's tools, one for Java programs. */
    private static final String MAKE_ARCHIVES =
            "keytool -genkeypair -alias a -keyalg RSA -dname CN=a -keystore a.awskms -storetype AWSKMS -protected"
                    + " -J-cp -J\"$JAR\" -providername AWSKMS -addprovider AWSKMS -providerarg adopt=alias/release\n"
                    + "java -cp \"$JAR\" SignWithKms.java\n";

    @TempDir
    static Path prepared = Path.of("");

    @TempDir
    static Path archives = Path.of("");

    // prepare() sets this field
    @SuppressWarnings("NullAway.Init")
    private static Preparation preparation;

    /** How many commands ran, by page. */
    private static final Map<String, Long> COMMANDS = new ConcurrentSkipListMap<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws IOException, InterruptedException, TimeoutException {
        preparation = Preparation.of(FIRST_PAGE, prepared, ROOT);
        try (KmsEmulator emulator = preparation.emulator();
                Terminal terminal = terminal(prepared, emulator, "-XX:ArchiveClassesAtExit=")) {
            for (Block block : Document.blocks(FIRST_PAGE)) {
                if (block.kind() == Kind.FILE) {
                    Files.writeString(prepared.resolve(block.wordsAfter("file").get(0)), block.text());
                }
            }
            terminal.run(MAKE_ARCHIVES);
        }
    }

    private static String fastTool(String tool) {
        boolean isJava = tool.equals("java");
        // the variables contain the option for a class-data archive
        String archiveOption = isJava ? "$PROGRAMS" : "$TOOLS";
        String options = Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", archiveOption, "-Xlog:disable")
                .map(option -> (isJava ? " " : " -J") + option)
                .collect(Collectors.joining());
        return "printf '#!/bin/sh\\nexec \"%s\"%s \"$@\"\\n' \"$(command -v " + tool + ")\" \"" + options
                + "\" >\"$FAST/" + tool + "\"; chmod +x \"$FAST/" + tool + "\"\n";
    }

    private static Terminal terminal(Path folder, KmsEmulator emulator, String archiveOption)
            throws IOException, InterruptedException, TimeoutException {
        Terminal terminal = Terminal.open(Shell.in(folder)
                // so that the distribution's scripts make no archive: a process that makes one can outlive the test
                .with("XDG_CACHE_HOME", "/dev/null")
                .with("ARCHIVES", archives.toString())
                // long enough for a busy machine
                .with("AWSKMS_CALL_TIMEOUT", "10m")
                .with("AWSKMS_ATTEMPT_TIMEOUT", "5m"));
        terminal.run("TOOLS=" + archiveOption + archives.resolve("tools.jsa") + "\nPROGRAMS=" + archiveOption
                + archives.resolve("programs.jsa") + "\n" + FAST_TOOLS);
        terminal.run(preparation.variables(emulator));
        return terminal;
    }

    /** Writes how many commands of each page ran. */
    @AfterAll
    static void writeCommandCounts() throws IOException {
        COMMANDS.put("preparation", preparation.commands());
        String lines = COMMANDS.entrySet().stream()
                .map(page -> page.getValue() + " " + page.getKey() + "\n")
                .collect(Collectors.joining());
        long sum = COMMANDS.values().stream().mapToLong(Long::longValue).sum();
        Files.writeString(Path.of("target", "page-commands.txt"), lines + sum + " in total\n");
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

    static Stream<Path> mainPages() throws IOException {
        return pagesWithBlocks()
                .filter(page -> CHOSEN.isEmpty()
                        ? MAIN_PAGES.contains(page)
                        : page.toString().endsWith(CHOSEN));
    }

    static Stream<Path> otherPages() throws IOException {
        return pagesWithBlocks().filter(page -> CHOSEN.isEmpty() && !MAIN_PAGES.contains(page));
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
    @MethodSource("mainPages")
    void mainPage_visibleText_worksAndMakesTheStatedCalls(Path page)
            throws IOException, InterruptedException, TimeoutException {
        follow(page);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("otherPages")
    @Tag("other-pages")
    void otherPage_visibleText_worksAndMakesTheStatedCalls(Path page)
            throws IOException, InterruptedException, TimeoutException {
        follow(page);
    }

    /** A renamed page, or one without commands, would otherwise be left out of usual runs without notice. */
    @Test
    void mainPages_all_existAndHaveBlocks() throws IOException {
        Set<Path> missing = new HashSet<>(MAIN_PAGES);
        missing.removeAll(pagesWithBlocks().collect(Collectors.toSet()));
        assertEquals(Set.of(), missing);
    }

    /** Does what the page says, as a reader would. */
    private void follow(Path page) throws IOException, InterruptedException, TimeoutException {
        Document.blocks(page).stream()
                .flatMap(block -> block.wordsAfter("needs").stream())
                .forEach(Shell::require);
        try (KmsEmulator emulator = preparation.emulator();
                Terminal terminal = terminal(folder, emulator, "-XX:SharedArchiveFile=")) {
            String port = Preparation.freePort();
            String output = "";
            long commands = 0;
            for (Block block : Document.blocks(page)) {
                String place = page + ", line " + block.line() + ": ";
                emulator.requests().clear();
                switch (block.kind()) {
                    case SETUP -> {}
                    case EXPECT -> requireLines(place, block.lines(), output);
                    case POLICY -> assertEquals(block.wordsAfter("policy"), actions(block.text()), place);
                    case FILE -> save(block, place, port);
                    case CALLS -> {
                        output = terminal.run(block.text().replace(SERVER_PORT, port));
                        assertEquals(block.wordsAfter("calls"), calls(emulator), place + output);
                        commands += block.commands();
                    }
                }
            }
            COMMANDS.put(ROOT.relativize(page).toString(), commands);
        }
    }

    /** A page with commands links to the section that prepares them, before its first command. */
    @ParameterizedTest
    @MethodSource("pagesWithBlocks")
    void page_beforeTheFirstCommand_linksToThePreparation(Path page) throws IOException {
        Optional<Block> first = Document.blocks(page).stream()
                .filter(block -> block.kind() == Kind.CALLS)
                .findFirst();
        if (first.isPresent() && !page.equals(FIRST_PAGE)) {
            String above =
                    Files.readAllLines(page).subList(0, first.get().line()).toString();
            assertTrue(
                    above.contains(LINK_TO_PREPARATION),
                    page + " has no link to 'Before you start' in the README above its first command");
        }
    }

    private void save(Block block, String place, String port) throws IOException {
        String name = block.wordsAfter("file").get(0);
        assertTrue(block.above().contains("`" + name + "`"), place + "the text above the block does not name " + name);
        Files.writeString(folder.resolve(name), block.text().replace(SERVER_PORT, port));
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
            Pattern pattern = Pattern.compile(Stream.of(line.split(Pattern.quote(ANY_TEXT), -1))
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

    @Test
    void pages_linksToHeadings_leadToHeadings() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK_TO_HEADING.matcher(Files.readString(page));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertTrue(
                        !target.toString().endsWith(".md") || headings(target).contains(link.group(2)),
                        () -> page + " links to #" + link.group(2) + ", a heading that " + target + " does not have");
            }
        }
    }

    /** Returns the names by which links refer to the headings of a page. */
    private static Set<String> headings(Path page) throws IOException {
        return HEADING.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Pages name tests as evidence for their claims, so each of these tests must exist. */
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
                assertTrue(
                        name.equals("README.md") || index.contains("(" + name + ")"),
                        () -> "docs/decisions/README.md does not list " + name);
            }
        }
    }
}

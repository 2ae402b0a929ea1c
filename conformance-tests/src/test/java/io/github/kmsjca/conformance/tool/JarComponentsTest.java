package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what each jar contains with its list of components (SBOM), its licenses and its notices. Also checks the
 * hashes of the libraries, and that no time or file mode makes two builds differ.
 */
@Tag("same-on-every-jdk")
class JarComponentsTest {
    private static final Path ROOT = Workplace.required("kmsjca.root");
    private static final Path RECORD = ROOT.resolve("release").resolve("dependencies.txt");
    private static final String SUFFIX_LIST = "org.publicsuffix:list";
    private static final JarComponents PROVIDER = JarComponents.of(Workplace.required("kmsjca.library-jar"));
    private static final JarComponents ONE_FILE = JarComponents.of(Workplace.allJar());
    private static final List<JarComponents> PROGRAMS =
            List.of(ONE_FILE, JarComponents.of(Workplace.required("kmsjca.emulator-program")));
    private static final JarComponents STARTER = JarComponents.of(Workplace.required("kmsjca.starter-jar"));
    private static final List<JarComponents> LIBRARIES = List.of(
            PROVIDER,
            STARTER,
            JarComponents.of(Workplace.required("kmsjca.emulator-jar")),
            JarComponents.of(Workplace.required("kmsjca.cli-jar")));

    @BeforeAll
    static void requireLists() {
        assumeFalse(ONE_FILE.components().isEmpty(), "the jars were built offline, or with cyclonedx.skip");
    }

    static List<JarComponents> programs() {
        return PROGRAMS;
    }

    static List<JarComponents> libraries() {
        return LIBRARIES;
    }

    static List<JarComponents> jars() {
        return Stream.of(PROGRAMS, LIBRARIES).flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_containsExactlyTheComponentsInItsList(JarComponents program) {
        assertEquals(List.of(), program.unknownFiles());
        assertEquals(program.contained(), program.listed());
        assertEquals(program.containedAwsModules(), program.listedAwsModules());
    }

    /** The page docs/security.md names these three. */
    @Test
    void oneFileJar_namesTheVersionsOfAllButThreeCopies() {
        Set<String> withoutVersion = ONE_FILE.components().entrySet().stream()
                .filter(component -> !component.getValue().has("version"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of("ch.randelshofer:fastdoubleparser", "com.github.c4f7fcce9cb06515:schubfach", SUFFIX_LIST),
                withoutVersion);
    }

    /** A new AWS SDK can contain a copy that the notices plugin does not know yet. The tests must notice the copy. */
    @Test
    void unknownCopyInsideTheAwsSdk_isAnUnknownFile() {
        String file = "io/github/kmsjca/shaded/software/amazon/awssdk/thirdparty/new/A.class";
        JarComponents jar = new JarComponents(ONE_FILE.jar(), List.of(file), ONE_FILE.list(), ONE_FILE.components());
        assertEquals(List.of(file), jar.unknownFiles());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_hasARowAndTheLicenseTextsOfEachComponent(JarComponents program) {
        String table = program.text("META-INF/THIRD-PARTY.md");
        for (Map.Entry<String, JsonNode> component : program.components().entrySet()) {
            String line = line(table, component.getKey());
            assertTrue(
                    line.contains(" | " + component.getValue().path("version").asText() + " | "), line);
            assertTrue(line.contains(" | " + JarComponents.license(component.getValue()) + " | "), line);
            String texts = line.replaceFirst("^(\\|[^|]*){3}\\| (.*) \\|$", "$2");
            for (String text : texts.split(", ", -1)) {
                assertTrue(program.names().contains("META-INF/" + text), () -> text + " in " + line);
                assertFalse(program.text("META-INF/" + text).isBlank(), text);
            }
            assertTrue(texts.contains("LICENSE"), line);
        }
        assertEquals(
                program.components().size(),
                table.lines().filter(line -> line.matches("\\| .*:.*")).count());
    }

    private static String line(String table, String key) {
        List<String> lines =
                table.lines().filter(line -> line.startsWith("| " + key + " |")).toList();
        assertEquals(1, lines.size(), key);
        return lines.get(0);
    }

    @ParameterizedTest
    @MethodSource("jars")
    void component_hasAnAllowedLicense(JarComponents jar) {
        jar.components()
                .forEach((key, component) ->
                        assertTrue(isAllowed(key, JarComponents.license(component)), component::toString));
    }

    @Test
    void license_mplOfOtherComponentThanThePublicSuffixList_isNotAllowed() {
        assertTrue(isAllowed(SUFFIX_LIST, "MPL-2.0"));
        assertFalse(isAllowed("org.example:library", "MPL-2.0"));
    }

    /** Any other license needs a decision. MPL-2.0 is only for the public suffix list: unchanged data, no code. */
    private static boolean isAllowed(String component, String license) {
        return Set.of("Apache-2.0", "Bouncy Castle Licence", "MIT", "MIT-0").contains(license)
                || (component.equals(SUFFIX_LIST) && license.equals("MPL-2.0"));
    }

    /** The Apache License (2.0, section 4d) requires that our NOTICE repeats the notices of the components. */
    @ParameterizedTest
    @MethodSource("programs")
    void program_repeatsTheNoticesOfItsComponents(JarComponents program) {
        String notices = program.text("META-INF/NOTICE");
        List<String> texts = program.names().stream()
                .filter(name -> name.startsWith("META-INF/licenses/") && name.contains("NOTICE"))
                .toList();
        assertFalse(texts.isEmpty());
        for (String text : texts) {
            assertTrue(notices.contains(program.text(text)), text);
        }
    }

    @Test
    void oneFileJar_hasLicenseTextsOfLibrariesAndOfTheCopiesInsideThem() {
        for (Map.Entry<String, String> text : Map.of(
                        "org.publicsuffix/LICENSE", "Mozilla Public License Version 2.0",
                        "software.amazon.awssdk/FastDoubleParser-LICENSE", "Werner Randelshofer",
                        "software.amazon.awssdk/FastDoubleParser-ThirdParty-LICENSE", "fast_float authors",
                        "software.amazon.awssdk/Schubfach-LICENSE", "Raffaello Giulietti",
                        "org.slf4j/LICENSE", "QOS.ch",
                        "org.reactivestreams/LICENSE", "MIT No Attribution",
                        "org.bouncycastle/LICENSE.md", "Legion of the Bouncy Castle")
                .entrySet()) {
            String content = ONE_FILE.text("META-INF/licenses/" + text.getKey());
            assertTrue(content.contains(text.getValue()), text::getKey);
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void library_containsOnlyOurCode(JarComponents library) {
        assertEquals(new TreeSet<>(), library.contained());
        assertEquals(List.of(), library.unknownFiles());
    }

    /** The list has the dependencies of the POM and of the AWS SDK, except optional ones and those for tests. */
    @Test
    void provider_listsWhatItNeedsAtRunTime() {
        assertEquals(
                new TreeSet<>(List.of(
                        "org.apache.httpcomponents.client5:httpclient5",
                        "org.apache.httpcomponents.core5:httpcore5",
                        "org.apache.httpcomponents.core5:httpcore5-h2",
                        "org.bouncycastle:bcprov-jdk18on",
                        "org.jspecify:jspecify",
                        "org.reactivestreams:reactive-streams",
                        "org.slf4j:slf4j-api",
                        "software.amazon.awssdk:*")),
                PROVIDER.listed());
        assertTrue(PROVIDER.components().containsKey("software.amazon.awssdk:apache5-client"));
        assertFalse(PROVIDER.components().containsKey("software.amazon.awssdk:url-connection-client"));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void jar_hasOurLicenseAndNotice(JarComponents components) throws IOException {
        assertEquals(Files.readString(ROOT.resolve("LICENSE")), components.text("META-INF/LICENSE"));
        assertTrue(components.text("META-INF/NOTICE").startsWith(Files.readString(ROOT.resolve("NOTICE"))));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void jar_hasNoFileOutsideOfFoldersExceptModuleInfo(JarComponents jar) {
        List<String> strays = jar.names().stream()
                .filter(name -> !name.contains("/") && !name.equals("module-info.class"))
                .toList();
        assertEquals(List.of(), strays);
    }

    /** With a build time in the list, two builds of the same source would differ. */
    @ParameterizedTest
    @MethodSource("jars")
    void list_hasNoTime(JarComponents jar) {
        assertTrue(jar.list().has("components"));
        assertFalse(jar.list().toString().contains("timestamp"));
    }

    /** The file mode of an entry depends on the umask of the build, so two builds could differ. */
    @ParameterizedTest
    @MethodSource("jars")
    void jar_hasNoFileModes(JarComponents jar) throws IOException {
        List<String> withMode = new ArrayList<>();
        try (FileSystem zip = FileSystems.newFileSystem(jar.jar())) {
            for (String name : jar.names()) {
                if (Files.getAttribute(zip.getPath(name), "zip:permissions") != null) {
                    withMode.add(name);
                }
            }
        }
        assertEquals(List.of(), withMode);
    }

    /** Only the starter's list is incomplete: a program with the starter brings its own version of Spring Boot. */
    @ParameterizedTest
    @MethodSource("jars")
    void list_saysWhetherItIsComplete(JarComponents jar) {
        assertEquals(
                jar.equals(STARTER) ? "incomplete" : "complete",
                jar.list().at("/compositions/0/aggregate").asText());
    }

    @ParameterizedTest
    @MethodSource("jars")
    void list_describesTheJarThatMavenPublishes(JarComponents jar) {
        String name = jar.names().stream()
                .filter(file -> file.startsWith("META-INF/sbom/"))
                .findFirst()
                .orElseThrow();
        JsonNode described = jar.list().at("/metadata/component");
        String published = described.path("name").asText() + "-"
                + described.path("version").asText() + (PROGRAMS.contains(jar) ? "-all" : "");
        assertEquals("META-INF/sbom/" + published + ".cdx.json", name);
        assertEquals(PROGRAMS.contains(jar), described.path("purl").asText().contains("classifier=all&"));
        assertEquals(PROGRAMS.contains(jar), described.path("purl").asText().contains("classifier="));
        // the build gives the one-file jar a shorter name: kms-jca-1.0.jar, not kms-jca-cli-1.0-all.jar
        String file = jar.jar().getFileName().toString();
        assertTrue(
                file.equals(published + ".jar") || file.equals(published.replaceFirst("-cli(-.*)-all$", "$1") + ".jar"),
                file);
    }

    /**
     * If an attacker replaces a library in a repository or a cache, this test fails. With the system property
     * {@code kmsjca.dependencies.write}, it records the hashes instead.
     */
    @Test
    void libraries_haveTheRecordedHashes() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (JarComponents jar : jars()) {
            jar.components().forEach((key, component) -> {
                String hash = JarComponents.hash(component);
                if (!hash.isEmpty() && !key.startsWith("io.github.kmsjca:")) {
                    lines.add(key + ":" + component.path("version").asText() + " " + hash);
                }
            });
        }
        String found = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("kmsjca.dependencies.write")) {
            Files.writeString(RECORD, found);
        }
        assertEquals(Files.readString(RECORD), found);
    }

    /** Compares the record with the jar of Bouncy Castle on the class path of this test. */
    @Test
    void recordedHash_ofBouncyCastle_isTheHashOfItsFile() throws IOException, NoSuchAlgorithmException {
        Path library = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().startsWith("bcprov-jdk18on-"))
                .findFirst()
                .orElseThrow();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library));
        assertTrue(Files.readString(RECORD).contains(" " + HexFormat.of().formatHex(hash) + "\n"));
    }

    /**
     * The modules cannot inherit the notices plugin from the parent POM: the plugin is a module with the same parent,
     * so its build would need the plugin itself. Modules that only a profile of the parent adds do not need the plugin.
     */
    @Test
    void moduleWithAJar_namesTheNoticesPlugin() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        Matcher modules =
                Pattern.compile("<module>(.*?)</module>").matcher(parent.substring(0, parent.indexOf("</modules>")));
        List<String> withoutPlugin = new ArrayList<>();
        while (modules.find()) {
            String pom = Files.readString(ROOT.resolve(modules.group(1)).resolve("pom.xml"));
            boolean hasJar = !pom.contains("<packaging>");
            if (hasJar && !pom.contains("<artifactId>kms-jca-notices-maven-plugin</artifactId>")) {
                withoutPlugin.add(modules.group(1));
            }
        }
        assertEquals(List.of(), withoutPlugin);
    }
}

package io.github.kmsjca.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseTextsTest {
    @TempDir
    Path folder;

    private LicenseTexts texts;

    @BeforeEach
    void start() throws IOException {
        texts = new LicenseTexts(Files.writeString(folder.resolve("LICENSE"), "Apache"));
    }

    private void add(String key, String license, String... files) throws IOException {
        texts.add(TinyJar.library(folder, key, files), license);
    }

    /** Returns the texts by their paths below the folder for licenses. */
    private Map<String, String> written() {
        Map<String, String> written = new TreeMap<>();
        texts.files()
                .forEach((path, text) -> written.put(
                        path.substring(LicenseTexts.FOLDER.length()), new String(text, StandardCharsets.UTF_8)));
        return written;
    }

    @Test
    void add_libraryWithOnlyANotice_fails() {
        IOException failure = assertThrows(IOException.class, () -> add("org.none:a", "MIT", "NOTICE=only a notice"));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("no license text for org.none:a"), failure::getMessage);
    }

    @Test
    void add_apacheLibraryWithoutAText_getsTheApacheLicense() throws IOException {
        add("org.a:a", "Apache-2.0", "org/a/A.class");
        assertEquals(Map.of("org.a/LICENSE", "Apache"), written());
    }

    @Test
    void add_knownLibraryWithoutAText_getsTheTextOfThePlugin() throws IOException {
        add("org.slf4j:slf4j-api", "MIT", "org/slf4j/Logger.class");
        assertTrue(written().getOrDefault("org.slf4j/LICENSE", "").contains("QOS.ch"), written()::toString);
    }

    @Test
    void add_differentTextsAtTheTopAndBelowMetaInf_keepsBoth() throws IOException {
        add("org.a:a", "MIT", "META-INF/LICENSE=second", "LICENSE=first");
        assertEquals(Map.of("org.a/LICENSE", "first", "org.a/LICENSE-2", "second"), written());
    }

    @Test
    void add_folderForLicenses_isReadWhole() throws IOException {
        add("org.a:a", "MIT", "META-INF/LICENSE=a", "META-INF/licenses/b/text.md=b", "META-INF/other/LICENSE=no");
        assertEquals(Map.of("org.a/LICENSE", "a", "org.a/licenses/b/text.md", "b"), written());
    }

    @Test
    void add_librariesOfOneGroup_shareEqualTexts() throws IOException {
        add("org.a:a", "MIT", "LICENSE=same", "NOTICE=a");
        add("org.a:b", "MIT", "LICENSE=same", "NOTICE=b");
        assertEquals(Map.of("org.a/LICENSE", "same", "org.a/NOTICE", "a", "org.a/b-NOTICE", "b"), written());
        assertEquals(
                List.of("META-INF/licenses/org.a/LICENSE", "META-INF/licenses/org.a/b-NOTICE"), texts.paths("org.a:b"));
    }

    @Test
    void add_differentTextForAPath_fails() throws IOException {
        add("org.a:a", "MIT", "LICENSE=a", "b-LICENSE=not of b");
        IOException failure = assertThrows(IOException.class, () -> add("org.a:b", "MIT", "LICENSE=b"));
        assertEquals(
                "org.a:b and another library have different texts for META-INF/licenses/org.a/b-LICENSE; give them"
                        + " different paths in LicenseTexts.add",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/licenses/../../../x", "META-INF/licenses/..\\..\\x", "META-INF/licenses/c:x"})
    void add_nameThatLeadsOutOfTheFolder_fails(String name) {
        IOException failure = assertThrows(IOException.class, () -> add("org.a:a", "MIT", name + "=x"));
        String beginning = "org.a:a contains a license text whose name could lead out of META-INF/licenses/: ";
        assertTrue(String.valueOf(failure.getMessage()).startsWith(beginning), failure::getMessage);
    }

    @Test
    void addEmbeddedLibrary_getsItsTextsFromItsHost() throws IOException {
        Library host = TinyJar.library(
                folder, "org.host:host", "META-INF/LICENSE=host", "META-INF/FastDoubleParser-LICENSE=parser");
        texts.add(host, "MIT");
        texts.add(EmbeddedLibrary.FAST_DOUBLE_PARSER, host);
        assertEquals(
                List.of("META-INF/licenses/org.host/FastDoubleParser-LICENSE"),
                texts.paths("ch.randelshofer:fastdoubleparser"));
    }

    @Test
    void addEmbeddedLibrary_noTextInItsHostOrThePlugin_fails() throws IOException {
        Library host = TinyJar.library(folder, "org.host:host", "META-INF/LICENSE=host");
        texts.add(host, "MIT");
        assertThrows(IOException.class, () -> texts.add(EmbeddedLibrary.SCHUBFACH, host));
    }
}

package io.github.kmsjca.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {
    @TempDir
    Path folder;

    private Path ownFiles;
    private Library used;
    private Library unused;

    @BeforeEach
    void makeLibraries() throws IOException {
        ownFiles = Files.createDirectories(folder.resolve("classes"));
        used = TinyJar.library(folder, "org.used:used", "org/used/A.class", "org/used/B.class");
        unused = TinyJar.library(folder, "org.unused:unused", "org/unused/C.class");
    }

    private Contents contents(String relocated, String... files) throws IOException {
        return Contents.of(
                TinyJar.write(folder.resolve("program.jar"), files), relocated, ownFiles, List.of(unused, used));
    }

    @Test
    void of_libraryWithoutAFileInTheJar_isLeftOut() throws IOException {
        assertEquals(List.of(used), contents("", "org/used/A.class").libraries());
    }

    @Test
    void of_relocatedFile_belongsToItsLibrary() throws IOException {
        assertEquals(
                List.of(used), contents("shaded/", "shaded/org/used/B.class").libraries());
    }

    @Test
    void of_fileOfNoLibrary_fails() {
        IOException failure =
                assertThrows(IOException.class, () -> contents("", "org/used/A.class", "org/other/D.class"));
        assertEquals(
                "program.jar contains files that come neither from a library nor from this module;"
                        + " exclude them from the jar, or add them to MERGED in Contents: [org/other/D.class]",
                failure.getMessage());
    }

    @Test
    void of_fileOfTheModuleAndMergedFile_belongToNoLibrary() throws IOException {
        Files.createFile(ownFiles.resolve("Own.class"));
        used = TinyJar.library(folder, "org.used:used", "META-INF/services/x.Y");
        assertEquals(
                List.of(),
                contents("", "Own.class", "META-INF/MANIFEST.MF", "META-INF/services/x.Y")
                        .libraries());
    }

    @Test
    void of_fastDoubleParserInJackson_findsBothAndTheVersionOfJackson() throws IOException {
        String file =
                "software/amazon/awssdk/thirdparty/jackson/core/internal/shaded/fdp/v2_22_3/FastDoubleParser.class";
        used = TinyJar.library(folder, "software.amazon.awssdk:host", file);

        Contents contents = contents("", file);

        assertEquals(
                Map.of(EmbeddedLibrary.JACKSON_CORE, used, EmbeddedLibrary.FAST_DOUBLE_PARSER, used),
                contents.copies());
        assertEquals(Map.of(EmbeddedLibrary.JACKSON_CORE, "2.22.3"), contents.versions());
    }
}

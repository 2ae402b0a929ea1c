package io.github.kmsjca.internal.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that docs/versions.md, the README and the changelog name the minimum versions of the libraries, and that
 * docs/versions.md quotes the error for a missing library.
 */
class VersionsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "versions.md");

    @Test
    void document_table_hasTheMinimumVersions() throws IOException {
        List<String> versions = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| AWS SDK |") || line.startsWith("| Bouncy Castle |"))
                .map(line -> line.split("\\|", -1)[3].strip())
                .toList();
        assertEquals(
                List.of(
                        MinimumVersions.AWS_SDK,
                        MinimumVersions.AWS_SDK_KEM,
                        MinimumVersions.BOUNCY_CASTLE,
                        MinimumVersions.BOUNCY_CASTLE_PQC),
                versions);
    }

    @Test
    void document_examples_setTheMinimumVersions() throws IOException {
        String text = Files.readString(DOCUMENT);
        for (String version : List.of(MinimumVersions.AWS_SDK, MinimumVersions.BOUNCY_CASTLE_PQC)) {
            assertTrue(text.contains("<version>" + version + "</version>"), version);
        }
        assertTrue(text.contains("software.amazon.awssdk:bom:" + MinimumVersions.AWS_SDK + "\""));
        assertTrue(text.contains("strictly(\"" + MinimumVersions.BOUNCY_CASTLE_PQC + "\")"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CHANGELOG.md"})
    void otherDocuments_haveTheMinimumVersions(String document) throws IOException {
        String text = Files.readString(Path.of("..", document)).replaceAll("\\s+", " ");
        assertTrue(text.contains("AWS SDK " + MinimumVersions.AWS_SDK + " or later and Bouncy Castle "
                + MinimumVersions.BOUNCY_CASTLE + " or later"));
    }

    @Test
    void document_missingLibrary_quotesTheError() throws IOException {
        String error = Library.BOUNCY_CASTLE.refusal(List.of());
        assertTrue(Files.readString(DOCUMENT).contains("| `" + error + "` |"), error);
    }
}

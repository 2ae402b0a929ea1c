package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AlgorithmsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "algorithms.md");

    @Test
    void document_matchesTheTables() throws IOException {
        String text = AlgorithmsDocument.text();
        if (Boolean.getBoolean("kmsjca.update-docs")) {
            Files.writeString(DOCUMENT, text);
        }
        assertEquals(
                text,
                Files.readString(DOCUMENT),
                "docs/algorithms.md does not match the tables; write it again with"
                        + " 'mvn -pl provider -am verify -Dtest=AlgorithmsDocumentTest -Dkmsjca.update-docs=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false'");
    }
}

package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that the table in docs/settings.md matches the code. */
class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");

    @Test
    void document_table_hasARowForEachSetting() throws IOException {
        List<String> written = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected =
                Arrays.stream(Setting.values()).map(SettingsDocumentTest::row).toList();
        assertEquals(String.join("\n", expected), String.join("\n", written));
    }

    private static String row(Setting setting) {
        String defaultText = setting.defaultText().isEmpty() ? "-" : "`" + setting.defaultText() + "`";
        String requirement = setting.type().requirement();
        return "| `" + setting.settingName() + "` | " + requirement + " | " + defaultText + " | " + setting.meaning()
                + " | " + setting.sources() + " |";
    }
}

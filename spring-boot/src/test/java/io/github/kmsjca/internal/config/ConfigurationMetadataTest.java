package io.github.kmsjca.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The names and descriptions that editors show for {@code awskms.*} must match the table of settings. After a change of
 * the table, run the test with {@code -Dkmsjca.update-docs=true} to write the file again.
 */
class ConfigurationMetadataTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @Test
    void metadata_hasExactlyTheSettings() throws IOException {
        String expected = Arrays.stream(Setting.values())
                .map(ConfigurationMetadataTest::property)
                .collect(Collectors.joining(",\n", "{\n  \"properties\": [\n", "\n  ]\n}\n"));
        if (Boolean.getBoolean("kmsjca.update-docs")) {
            Files.writeString(FILE, expected);
        }
        assertEquals(expected, Files.readString(FILE));
    }

    private static String property(Setting setting) {
        boolean isMap = setting == Setting.KEY;
        String name = isMap ? Setting.KEY_PREFIX.replace(".", "") : setting.settingName();
        String type = isMap ? "java.util.Map<java.lang.String,java.lang.String>" : "java.lang.String";
        String meaning = setting.meaning().replace("`", "");
        String description = Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ". Value: "
                + setting.type().requirement() + ".";
        return "    {\n"
                + member("name", SettingSource.PROPERTY_PREFIX + name) + ",\n"
                + member("type", type) + ",\n"
                + member("description", description)
                + (setting.defaultText().isEmpty() ? "" : ",\n" + member("defaultValue", setting.defaultText()))
                + "\n    }";
    }

    private static String member(String name, String value) {
        return "      \"" + name + "\": \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

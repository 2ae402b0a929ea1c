package io.github.kmsjca.internal.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "2.31.53, 2.31.54, true",
        "2.31.54, 2.31.54, false",
        "2.31.54-PREVIEW, 2.31.54, false",
        "2.4.0, 2.31.54, true",
        "2.100.0, 2.31.54, false",
        "3, 2.31.54, false",
        "1.78.1, 1.79, true",
        "1.79.1, 1.79, false",
        "1.9, 1.10, true"
    })
    void isOlderThan_versions_areComparedNumberByNumber(String version, String minimum, boolean isOlder) {
        assertEquals(isOlder, Version.of(version).orElseThrow().isOlderThan(minimum));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "${project.version}", "v2"})
    void of_textThatBeginsWithNoNumber_isEmpty(String text) {
        assertEquals(Optional.empty(), Version.of(text));
    }

    @Test
    void isOlderThan_hugeNumber_isCompared() {
        assertFalse(Version.of("2.123456789012.0").orElseThrow().isOlderThan("2.31.54"));
    }
}

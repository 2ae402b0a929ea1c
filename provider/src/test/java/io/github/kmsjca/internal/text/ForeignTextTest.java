package io.github.kmsjca.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, '\n', 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x34F, 0x115F, 0x180E, 0x200B, 0x200D, 0x202E, 0x2028, 0x2029,
                0x2060, 0x2066, 0x2800, 0x3164, 0xE000, 0xFE0F, 0xFEFF, 0xFFA0, 0xE0001, 0xE0041, 0x10FFFF
            })
    void clean_controlOrInvisibleCharacter_isReplaced(int character) {
        assertEquals("a\uFFFDb", ForeignText.clean("a" + Character.toString(character) + "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "release", "Größe, 署名 und подпись", "a\u0301", "\uD83D\uDD11", "CN=root, O=x:y"})
    void clean_ordinaryText_isUnchanged(String text) {
        assertEquals(text, ForeignText.clean(text));
        assertEquals(text, ForeignText.of(text));
    }

    @Test
    void clean_unpairedSurrogate_isReplaced() {
        assertEquals("\uFFFDa\uFFFD", ForeignText.clean("\uDD11a\uD83D"));
    }

    @Test
    void of_longText_keepsSurrogatePairsWhole() {
        String text = "x".repeat(ForeignText.MAX_LENGTH - 2) + "\uD83D\uDD11".repeat(5);
        String cut = ForeignText.of(text);
        assertEquals("x".repeat(ForeignText.MAX_LENGTH - 2) + "…", cut);
        assertTrue(cut.length() <= ForeignText.MAX_LENGTH);
    }
}

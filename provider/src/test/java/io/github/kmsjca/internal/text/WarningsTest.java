package io.github.kmsjca.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.LoggedTexts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {
    private final List<String> logged = new ArrayList<>();
    private final Warnings warnings = new Warnings(new LoggedTexts(logged));

    @Test
    void once_sameText_isLoggedOnceWithoutControlCharacters() {
        warnings.once("a");
        warnings.once("b\u001B[2J");
        warnings.once("a");
        assertEquals(List.of("a", "b\uFFFD[2J"), logged);
    }

    /** Without a limit, an attacker that varies the text could fill the log and the memory. */
    @Test
    void once_manyTexts_areLoggedUpToALimit() {
        for (int i = 0; i < 5000; i++) {
            warnings.once("key " + i);
        }
        assertEquals(1001, logged.size());
        assertEquals("key 999", logged.get(999));
        assertEquals("1000 warnings like the last one have been logged, so new ones are not logged", logged.get(1000));
    }
}

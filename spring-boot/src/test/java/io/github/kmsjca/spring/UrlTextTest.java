package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTextTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            URL [https://user:token@host/a.properties] - 3:15 | URL [https://host/a.properties] - 3:15
            URL [https://host/a.properties?sig=token] - 3:15  | URL [https://host/a.properties] - 3:15
            URL [https://host/a?x=a@b&y=[c]] - 3:15           | URL [https://host/a]] - 3:15
            "x" from property source "git:https://t@host/?t"  | "x" from property source "git:https://host/"
            https://a:b@one/,ssh://c@d:e@two?f                | https://one/,ssh://two
            class path resource [a@b?c.properties] - 3:15     | class path resource [a@b?c.properties] - 3:15
            """)
    void withoutSecrets_ofAText_leavesTheRest(String text, String shown) {
        assertEquals(shown, UrlText.withoutSecrets(text));
    }
}

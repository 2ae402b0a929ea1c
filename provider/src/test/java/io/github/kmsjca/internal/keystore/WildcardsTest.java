package io.github.kmsjca.internal.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WildcardsTest {
    @Property
    void matches_anyPattern_agreesWithARegularExpression(
            @ForAll @Chars({'a', 'b', '*'}) @StringLength(max = 6) String pattern,
            @ForAll @Chars({'a', 'b'}) @StringLength(max = 8) String name) {
        assertEquals(
                Pattern.matches(pattern.replace("*", ".*"), name),
                Wildcards.of(pattern).matches(name));
    }

    /** With such a pattern, the time that a regular expression needs grows exponentially. */
    @Test
    void matches_manyWildcards_endsSoon() {
        String pattern = "alias/" + "*a".repeat(120) + "*b";
        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertFalse(Wildcards.of(pattern).matches("alias/" + "a".repeat(250))));
    }
}

package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final String MUELLER = "CN=M\u00fcller";
    private static final String REPLACED = "CN=M\ufffd\ufffdller";

    /** Returns the arguments of a process with the given command line, in UTF-8. */
    private static Arguments utf8(String commandLine) {
        return new Arguments(commandLine.getBytes(StandardCharsets.UTF_8), Map.of("LANG", "C"));
    }

    private static String refusal(Arguments arguments, String... given) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> arguments.restore(given))
                .getMessage());
    }

    @Test
    void restore_replacedCharacters_areReadAsUtf8() {
        Arguments arguments = utf8("java\0-jar\0a.jar\0--subject\0" + MUELLER + "\0--out\0\u65e5\u672c.pem\0");
        assertArrayEquals(
                new String[] {"--subject", MUELLER, "--out", "\u65e5\u672c.pem"},
                arguments.restore("--subject", REPLACED, "--out", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd.pem"));
    }

    @Test
    void restore_noReplacedCharacters_changesNothing() {
        assertArrayEquals(new String[] {"list", "ü"}, utf8("").restore("list", "ü"));
    }

    @Test
    void restore_otherEncoding_namesArgumentAndLocale() {
        Arguments latin = new Arguments(
                ("java\0a\0" + MUELLER + "\0").getBytes(StandardCharsets.ISO_8859_1),
                Map.of("LC_ALL", "C", "LANG", "x"));
        assertEquals(
                "argument 2 contains characters that the locale cannot represent (LC_ALL=C); set LC_ALL to a UTF-8"
                        + " locale, such as C.UTF-8, and write the argument in UTF-8",
                refusal(latin, "a", REPLACED));
    }

    /** Java takes arguments from {@code @file}, so the command line lacks the original of {@link #REPLACED}. */
    @Test
    void restore_argumentOfAFile_isRefused() {
        String refusal = refusal(utf8("java\0@file\0--out\0x\0"), "--subject", REPLACED, "--out", "x");
        assertEquals(
                "argument 2 contains characters that the locale cannot represent (LANG=C); set LC_ALL to a UTF-8"
                        + " locale, such as C.UTF-8, and write the argument in UTF-8",
                refusal);
    }

    @Test
    void restore_unknownCommandLine_isRefused() {
        Arguments unknown = new Arguments(new byte[0], Map.of());
        assertEquals(
                "argument 1 contains characters that the locale cannot represent (LC_ALL, LC_CTYPE and LANG"
                        + " are not set); set LC_ALL to a UTF-8 locale, such as C.UTF-8, and write the argument in"
                        + " UTF-8",
                refusal(unknown, REPLACED));
    }
}

package io.github.kmsjca.internal.text;

import java.util.stream.Collectors;

/**
 * Makes text from outside (a service, a certificate, an alias, a file) safe for terminals, logs and exceptions: the
 * text cannot move the cursor, break a line or reverse the reading order.
 */
public final class ForeignText {
    /** The maximum length of a text that {@link #of} returns, in characters. */
    public static final int LONGEST = 300;

    private static final String REPLACEMENT = "\uFFFD";
    private static final String ELLIPSIS = "…";

    private ForeignText() {}

    /** Returns a {@linkplain #clean cleaned} text, cut to {@value #LONGEST} characters. */
    public static String of(Object text) {
        String clean = clean(text.toString());
        if (clean.length() <= LONGEST) {
            return clean;
        }
        int end = LONGEST - ELLIPSIS.length();
        boolean splitsPair = Character.isHighSurrogate(clean.charAt(end - 1));
        return clean.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
    }

    /** Returns a text in full length, with every character replaced that is not {@linkplain #isHarmless harmless}. */
    public static String clean(String text) {
        return text.codePoints().allMatch(ForeignText::isHarmless)
                ? text
                : text.codePoints()
                        .mapToObj(character -> isHarmless(character) ? Character.toString(character) : REPLACEMENT)
                        .collect(Collectors.joining());
    }

    /** Returns whether a character has no side effect and is not invisible. A space is harmless. */
    public static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> !isInvisible(character);
        };
    }

    /**
     * Returns whether a letter or mark is invisible: Unicode's Default_Ignorable_Code_Point, or the blank Braille
     * pattern.
     */
    private static boolean isInvisible(int character) {
        return switch (character) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                isIn(character, 0x180B, 0x180F) || isIn(character, 0xFE00, 0xFE0F) || isIn(character, 0xE0000, 0xE0FFF);
        };
    }

    private static boolean isIn(int character, int first, int last) {
        return character >= first && character <= last;
    }
}

package io.github.kmsjca.internal.text;

import java.util.stream.Collectors;

/**
 * Makes text from outside (a service, a certificate, an alias, a file) safe for terminals, logs and exceptions: the
 * text cannot move the cursor, break a line or reverse the reading order.
 */
public final class ForeignText {
    /** The maximum length of a text that {@link #of} returns, in characters. */
    public static final int MAX_LENGTH = 300;

    private static final String REPLACEMENT = "\uFFFD";
    private static final String ELLIPSIS = "…";

    private ForeignText() {}

    /** Returns a {@linkplain #clean cleaned} text, cut to {@value #MAX_LENGTH} characters. */
    public static String of(Object text) {
        String clean = clean(text.toString());
        if (clean.length() <= MAX_LENGTH) {
            return clean;
        }
        int end = MAX_LENGTH - ELLIPSIS.length();
        boolean splitsPair = Character.isHighSurrogate(clean.charAt(end - 1));
        return clean.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
    }

    /** Returns a text in full length. Replaces every character that is not {@linkplain #isHarmless harmless}. */
    public static String clean(String text) {
        if (text.codePoints().allMatch(ForeignText::isHarmless)) {
            return text;
        }
        return text.codePoints()
                .mapToObj(codePoint -> isHarmless(codePoint) ? Character.toString(codePoint) : REPLACEMENT)
                .collect(Collectors.joining());
    }

    /** Returns whether a character is safe to print: it is a space or visible, and it has no side effect. */
    public static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> !isInvisible(codePoint);
        };
    }

    /**
     * Returns whether a letter or mark is invisible: it has Unicode's property Default_Ignorable_Code_Point, or is the
     * blank Braille pattern.
     */
    private static boolean isInvisible(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                isBetween(0x180B, codePoint, 0x180F)
                        || isBetween(0xFE00, codePoint, 0xFE0F)
                        || isBetween(0xE0000, codePoint, 0xE0FFF);
        };
    }

    private static boolean isBetween(int first, int codePoint, int last) {
        return first <= codePoint && codePoint <= last;
    }
}

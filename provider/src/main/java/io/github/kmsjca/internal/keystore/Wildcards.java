package io.github.kmsjca.internal.keystore;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern in which each {@code *} stands for any number of characters, also none. {@link #matches} never backtracks:
 * its time grows only with the product of the lengths of pattern and name.
 *
 * @param parts the literal parts between the {@code *}
 */
record Wildcards(List<String> parts) {
    static final String ANY = "*";

    static Wildcards of(String pattern) {
        return new Wildcards(List.of(pattern.split(Pattern.quote(ANY), -1)));
    }

    boolean matches(String name) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return name.equals(first);
        }
        int end = name.length() - last.length();
        if (!name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        // the leftmost place of each part leaves the most text for the next parts
        int position = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = name.indexOf(part, position);
            if (found < 0) {
                return false;
            }
            position = found + part.length();
        }
        return position <= end;
    }
}

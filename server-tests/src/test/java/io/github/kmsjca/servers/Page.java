package io.github.kmsjca.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections of a page as one shell script. A block below a line such as {@code `$CATALINA_BASE/conf/server.xml`:} is
 * a file, and any other block of shell commands is run.
 */
final class Page {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern FILE = Pattern.compile("`(\\$[A-Z]+_BASE/[^`]+)`:");
    private static final String FILE_LANGUAGE = "file";
    private static final Set<String> LANGUAGES = Set.of("sh", "text", FILE_LANGUAGE);
    private static final String FENCE = "```";

    private final StringBuilder script = new StringBuilder("""
            set -eu
            trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
            """);
    private final List<String> expected = new ArrayList<>();

    private Page() {}

    /** Reads the sections with some headings, in the order of the page. */
    static Page sections(String name, Set<String> headings) throws IOException {
        Page page = new Page();
        boolean isIn = false;
        String language = "";
        String file = "";
        for (String line : Files.readAllLines(DOCS.resolve(name))) {
            Matcher named = FILE.matcher(line);
            if (!language.isEmpty()) {
                boolean isEnd = line.equals(FENCE);
                page.add(isIn, language, isEnd && !file.isEmpty() ? "END_OF_FILE" : isEnd ? "" : line);
                file = isEnd ? "" : file;
                language = isEnd ? "" : language;
            } else if (line.startsWith("## ")) {
                isIn = headings.contains(line.substring(3));
            } else if (named.matches()) {
                file = named.group(1);
            } else if (line.startsWith(FENCE)) {
                language = file.isEmpty() ? line.substring(FENCE.length()) : FILE_LANGUAGE;
                assertTrue(!isIn || LANGUAGES.contains(language), line);
                page.add(isIn && !file.isEmpty(), language, "cat > \"" + file + "\" <<'END_OF_FILE'");
            }
        }
        return page;
    }

    private void add(boolean isWanted, String language, String line) {
        if (isWanted && language.equals("text")) {
            expected.add(line);
        } else if (isWanted) {
            script.append(line).append('\n');
        }
    }

    /** Returns the commands, with another port than the page. */
    String script(int port) {
        return script.toString().replace("8443", String.valueOf(port));
    }

    /** Fails if a line that the page shows is missing in the output, or in another order. */
    void requireShown(String output) {
        int from = 0;
        for (String line : expected) {
            int found = output.indexOf(line, from);
            assertTrue(found >= 0, () -> "'" + line + "' is missing or misplaced in the output:\n" + output);
            from = found + line.length();
        }
        assertTrue(!expected.isEmpty(), "the page shows no output");
    }
}

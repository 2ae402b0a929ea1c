package io.github.kmsjca.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections of a page as one shell script. The script writes the block below a line such as
 * {@code `$CATALINA_BASE/conf/server.xml`:} to that file, and runs the other {@code sh} blocks. The {@code text} blocks
 * are the expected output.
 */
final class Page {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern FILE = Pattern.compile("`(\\$[A-Z]+_BASE/[^`]+)`:");
    private static final String FENCE = "```";

    /** The time in seconds after which {@code sleep} ends. Longer than the time limit of {@link Programs}. */
    private static final int SLEEP_SECONDS = 100_000;

    /**
     * Imitates the reader's terminal. {@code sleep} stands for a job that already runs there, such as the emulator, so
     * a page that waits for all jobs never ends and fails the test. The function {@code wait} accepts the exit code 143
     * (the job was killed), which would end this script, but does not end a terminal.
     */
    private static final String TERMINAL = """
            set -eu
            trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
            sleep %d &
            wait() { builtin wait "$@" || [ $? = 143 ]; }
            """.formatted(SLEEP_SECONDS);

    private final StringBuilder script = new StringBuilder(TERMINAL);
    private final List<String> expected = new ArrayList<>();

    private Page() {}

    /** Reads the sections with the given headings, in the order of the page. */
    static Page sections(String name, Set<String> headings) throws IOException {
        Page page = new Page();
        boolean isWanted = false;
        String file = "";
        Iterator<String> lines = Files.readAllLines(DOCS.resolve(name)).iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            Matcher named = FILE.matcher(line);
            if (line.startsWith("## ")) {
                isWanted = headings.contains(line.substring(3));
            } else if (named.matches()) {
                file = named.group(1);
            } else if (line.startsWith(FENCE)) {
                List<String> block = readBlock(lines);
                if (isWanted) {
                    page.addBlock(line.substring(FENCE.length()), file, block);
                }
                file = "";
            }
        }
        return page;
    }

    /** Reads the lines of a block, and the fence below them. */
    private static List<String> readBlock(Iterator<String> lines) {
        List<String> block = new ArrayList<>();
        for (String line = lines.next(); !line.equals(FENCE); line = lines.next()) {
            block.add(line);
        }
        return block;
    }

    /**
     * Adds a block to the script or to the expected output.
     *
     * @param language the word after the opening fence
     * @param file the file that the block shows, or an empty text
     */
    private void addBlock(String language, String file, List<String> lines) {
        if (!file.isEmpty()) {
            addToScript(List.of("cat > \"" + file + "\" <<'END_OF_FILE'"));
            addToScript(lines);
            addToScript(List.of("END_OF_FILE"));
        } else if (language.equals("text")) {
            expected.addAll(lines);
        } else if (language.equals("sh")) {
            addToScript(lines);
        } else {
            // application.properties, which the application already contains: SpringBootTest compares the two
            assertEquals("properties", language, "the language of a block");
        }
    }

    private void addToScript(List<String> lines) {
        lines.forEach(line -> script.append(line).append('\n'));
    }

    /** Returns the script, with another port instead of 8443, the port of the page. */
    String script(int port) {
        return script.toString().replace("8443", String.valueOf(port));
    }

    /** Fails if the output lacks a line of the {@code text} blocks, or has the lines in another order. */
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

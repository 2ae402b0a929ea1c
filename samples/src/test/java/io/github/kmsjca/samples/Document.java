package io.github.kmsjca.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * A Markdown page with marks in HTML comments, which are invisible to readers. A mark says what a test expects of the
 * fenced block below. No mark contains a step of its own: readers see every command that runs. The marks are:
 *
 * <ul>
 *   <li>{@code <!-- test: calls Sign -->}: the reader's terminal runs the block, which calls exactly these KMS
 *       operations, any number of times; {@code calls nothing} means none
 *   <li>{@code <!-- test: calls nothing, needs node -->}: the same; the test skips the page if the program is missing
 *   <li>{@code <!-- test: file Name.java -->}: the reader saves the block in this file, which the text above the block
 *       names
 *   <li>{@code <!-- test: policy Sign -->}: the block is an IAM policy that allows exactly these actions
 *   <li>{@code <!-- test: setup -->}: the block prepares the commands of all pages; see {@link Preparation}
 *   <li>{@code <!-- not run: reason -->}: the test does not run the block
 *   <li>{@code <!-- expect -->}: the output of the previous block contains each line of this block, in order;
 *       {@code ...} matches any text
 * </ul>
 */
final class Document {
    private static final String TEST = "<!-- test: ";
    private static final String NOT_RUN = "<!-- not run: ";
    private static final String EXPECT = "<!-- expect -->";
    private static final String END = "-->";
    private static final String FENCE = "```";

    private Document() {}

    /**
     * A marked block.
     *
     * @param mark the text of the mark after {@code test:}, such as {@code calls Sign}; empty for {@link Kind#EXPECT}
     * @param above the visible text between the previous block with a {@code test} mark and this block; empty for
     *     {@link Kind#EXPECT}
     * @param line the line number of the mark
     */
    record Block(Kind kind, String mark, List<String> lines, String above, int line) {
        String text() {
            return String.join("\n", lines) + "\n";
        }

        /** Returns the sorted words between a word of the mark and the next comma, without the word {@code nothing}. */
        List<String> wordsAfter(String word) {
            int start = mark.indexOf(word);
            String rest = start < 0 ? "" : mark.substring(start + word.length());
            return Arrays.stream(rest.split(",", -1)[0].strip().split(" ", -1))
                    .filter(name -> !name.isEmpty() && !name.equals("nothing"))
                    .sorted()
                    .toList();
        }

        /** Returns the number of commands, without the lines of files that the commands write. */
        long commands() {
            String whole = text().replaceAll("\\\\\n", " ").replaceAll("(?s)<<'END'(.*?)\\nEND\\n", "\n");
            return whole.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .count();
        }
    }

    /** The meaning of a mark. */
    enum Kind {
        CALLS,
        FILE,
        POLICY,
        SETUP,
        EXPECT
    }

    static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> above = new ArrayList<>();
        NumberedLines lines = new NumberedLines(Files.readAllLines(page).iterator());
        while (lines.hasNext()) {
            String line = lines.next();
            int number = lines.number;
            if (line.startsWith(NOT_RUN)) {
                lines.fenced(page);
            } else if (line.equals(EXPECT)) {
                blocks.add(new Block(Kind.EXPECT, "", lines.fenced(page), "", number));
            } else if (line.startsWith(TEST) && line.endsWith(END)) {
                String mark = line.substring(TEST.length(), line.length() - END.length())
                        .strip();
                blocks.add(new Block(kind(mark), mark, lines.fenced(page), String.join("\n", above), number));
                above.clear();
            } else if (line.equals(FENCE + "sh")) {
                throw new IllegalArgumentException(page + ", line " + number
                        + ": add a mark above these commands; CONTRIBUTING.md lists the marks");
            } else {
                above.add(line);
            }
        }
        return blocks;
    }

    private static Kind kind(String mark) {
        return Kind.valueOf(mark.split(" ", -1)[0].toUpperCase(Locale.ROOT));
    }

    private static final class NumberedLines {
        private final Iterator<String> lines;
        private int number;

        NumberedLines(Iterator<String> lines) {
            this.lines = lines;
        }

        boolean hasNext() {
            return lines.hasNext();
        }

        String next() {
            number++;
            return lines.next();
        }

        List<String> until(String end) {
            List<String> block = new ArrayList<>();
            for (String line = next(); !line.equals(end); line = next()) {
                block.add(line);
            }
            return block;
        }

        /** Returns the lines of the fenced block, which must begin in the next line. */
        List<String> fenced(Path page) {
            String fence = next();
            if (!fence.startsWith(FENCE)) {
                throw new IllegalArgumentException(page + ", line " + number + ": a block must follow the mark");
            }
            return until(FENCE);
        }
    }
}

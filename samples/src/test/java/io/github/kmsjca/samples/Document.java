package io.github.kmsjca.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A Markdown page with marks in HTML comments, which are invisible to readers. Every step that runs is visible:
 *
 * <ul>
 *   <li>{@code <!-- test: calls Sign -->}: a shell runs the fenced block below, which makes exactly these KMS calls;
 *       {@code calls nothing} means none
 *   <li>{@code <!-- test: java Name.java, calls Sign -->}: Java runs the block as a program, which makes exactly these
 *       KMS calls
 *   <li>{@code <!-- test: java Name.java, with libraries, calls Sign -->}: the same, with the libraries of the samples' tests
 *       on the class path
 *   <li>{@code <!-- test: policy Sign -->}: the block is an IAM policy that allows exactly these actions
 *   <li>{@code <!-- expect -->}: the output of the previous block contains each line of this block, in order;
 *       {@code ...} matches any text
 * </ul>
 */
final class Document {
    private static final String TEST = "<!-- test: ";
    private static final String EXPECT = "<!-- expect -->";
    private static final String END = "-->";
    private static final String FENCE = "```";

    private Document() {}

    /** A marked block: its kind, its mark, its lines, and the line number of its mark. */
    record Block(Kind kind, String mark, List<String> lines, int line) {
        String text() {
            return String.join("\n", lines) + "\n";
        }

        boolean needsLibraries() {
            return mark.contains(", with libraries,");
        }

        /** Returns the words that follow a word of the mark, up to the comma, sorted, without {@code nothing}. */
        List<String> wordsAfter(String word) {
            String rest = mark.substring(mark.indexOf(word) + word.length());
            return Arrays.stream(rest.split(",", -1)[0].strip().split(" ", -1))
                    .filter(name -> !name.equals("nothing"))
                    .sorted()
                    .toList();
        }
    }

    /** The meaning of a mark. */
    enum Kind {
        SHELL,
        JAVA,
        POLICY,
        EXPECT
    }

    static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        NumberedLines lines = new NumberedLines(Files.readAllLines(page).iterator());
        while (lines.hasNext()) {
            String line = lines.next();
            int number = lines.number;
            if (line.equals(EXPECT)) {
                blocks.add(new Block(Kind.EXPECT, "", lines.fenced(page), number));
            } else if (line.startsWith(TEST) && line.endsWith(END)) {
                String mark = line.substring(TEST.length(), line.length() - END.length())
                        .strip();
                blocks.add(new Block(kind(mark), mark, lines.fenced(page), number));
            }
        }
        return blocks;
    }

    private static Kind kind(String mark) {
        return switch (mark.split(" ", -1)[0]) {
            case "calls" -> Kind.SHELL;
            case "java" -> Kind.JAVA;
            case "policy" -> Kind.POLICY;
            default -> throw new IllegalArgumentException("unknown mark: " + mark);
        };
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

        List<String> fenced(Path page) {
            String fence = next();
            if (!fence.startsWith(FENCE)) {
                throw new IllegalArgumentException(page + ", line " + number + ": a block must follow the mark");
            }
            return until(FENCE);
        }
    }
}

package io.github.kmsjca.cli;

import io.github.kmsjca.internal.text.ForeignText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table for people: a header, and columns that are aligned with blanks. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<Cell>> rows = new ArrayList<>();

    /** A text in a table. The constructor makes the text safe for a terminal and shortens it. */
    record Cell(String text, Style style) {
        Cell(String text, Style style) {
            this.text = ForeignText.of(text);
            this.style = style;
        }

        int width() {
            return text.codePointCount(0, text.length());
        }
    }

    /** Creates a table with the given header. */
    TextTable(Stream<String> header) {
        rows.add(header.map(name -> new Cell(name, Style.HEADING)).toList());
    }

    /** Adds a row. A row can have fewer cells than the header. */
    void add(List<Cell> row) {
        rows.add(List.copyOf(row));
    }

    /** Prints the table. */
    void print(PrintWriter out, boolean isColored) {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                Cell cell = row.get(column);
                line.append(cell.style().of(cell.text(), isColored));
                if (column + 1 < row.size()) {
                    line.append(" ".repeat(widths[column] - cell.width())).append(GAP);
                }
            }
            out.println(line);
        }
    }

    /** Returns the width of a column. The last cell of a row does not count, because nothing follows it. */
    private int width(int column) {
        return rows.stream()
                .filter(row -> column + 1 < row.size())
                .mapToInt(row -> row.get(column).width())
                .max()
                .orElse(0);
    }
}

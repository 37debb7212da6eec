package chat.chatto.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns line up when read as plain text. The first column is left-aligned, the others right. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headers) {
        rows.add(List.of(headers));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException when it has not as many cells as there are headers
     */
    public Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + rows.getFirst().size() + " headers");
        }
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(Math.max(widths[column], 3), row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns; column++) {
                text.append(column == 0 ? "| " : " | ")
                        .append(aligned(rows.get(row).get(column), widths[column], column == 0));
            }
            text.append(" |\n");
            if (row == 0) {
                appendRule(text, widths);
            }
        }
        return text.toString();
    }

    private static void appendRule(StringBuilder text, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            String dashes = "-".repeat(widths[column] + 1);
            text.append('|').append(column == 0 ? dashes + "-" : dashes + ":");
        }
        text.append("|\n");
    }

    private static String aligned(String cell, int width, boolean left) {
        String padding = " ".repeat(width - cell.length());
        return left ? cell + padding : padding + cell;
    }
}

package dev.callout.cli.output;

import dev.callout.campaign.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table in plain text. Each column is as wide as its widest cell; numbers are aligned to the right. */
public final class SummaryTable {

    private final List<String> headings;
    private final List<List<Object>> rows = new ArrayList<>();

    /** @param headings one for each column */
    public SummaryTable(String... headings) {
        this.headings = List.of(headings);
    }

    /**
     * Adds a row below the others.
     *
     * @param cells one for each heading; null is an empty cell, a text is shown on one line
     * @throws IllegalArgumentException if there are more or fewer
     */
    public SummaryTable row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headings.size() + " headings");
        }
        rows.add(Stream.of(cells).map(SummaryTable::shown).toList());
        return this;
    }

    private static Object shown(Object cell) {
        return cell == null ? "" : cell instanceof Number ? cell : Printable.line(cell.toString());
    }

    /** Returns all lines, each ended by a line feed. */
    @Override
    public String toString() {
        List<Integer> widths = columns().mapToObj(this::width).toList();
        String rule = widths.stream().map("-"::repeat).collect(Collectors.joining("  "));
        return Stream.concat(
                        Stream.of(line(headings, widths), rule), rows.stream().map(row -> line(row, widths)))
                .map(line -> line.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private IntStream columns() {
        return IntStream.range(0, headings.size());
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).toString().length())
                .reduce(headings.get(column).length(), Math::max);
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell instanceof Number || cell.equals(""));
    }

    private String line(List<?> cells, List<Integer> widths) {
        return columns()
                .mapToObj(column -> {
                    String cell = cells.get(column).toString();
                    String blanks = " ".repeat(widths.get(column) - cell.length());
                    return isNumeric(column) ? blanks + cell : cell + blanks;
                })
                .collect(Collectors.joining("  "));
    }
}

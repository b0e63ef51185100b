package dev.callout.api.files;

import java.util.List;
import java.util.Map;

/**
 * One line of a table.
 *
 * @param line   its number in the file, the first is 1; in a sheet, the number that stands beside the row
 * @param cells  the text of each cell; empty for an empty one
 * @param faults by index from 0, the cells that hold something of which no text can be made, such as a date; the value
 *               continues a sentence that begins with the name of the column
 * @param decimals by index from 0, what a sheet shows in cells that hold a number with decimals
 */
public record Row(int line, List<String> cells, Map<Integer, String> faults, Map<Integer, String> decimals) {

    /** A row without numbers that a sheet shows with decimals. */
    public Row(int line, List<String> cells, Map<Integer, String> faults) {
        this(line, cells, faults, Map.of());
    }

    /** Returns the text of a cell; null if the line has no such cell. */
    public String cell(int index) {
        return index < cells.size() ? cells.get(index) : null;
    }

    /** Returns the text of a cell that may be any text, and not only a whole number; null if the line has no such cell. */
    public String text(int index) {
        return decimals.getOrDefault(index, cell(index));
    }

    /** Returns why there is no such text; null if nothing is wrong. */
    public String textFault(int index) {
        return decimals.containsKey(index) ? null : faults.get(index);
    }

    /** Returns whether the line has so many cells at most. Empty cells behind them do not count. */
    public boolean fits(int columns) {
        return cells.stream().skip(columns).allMatch(String::isBlank);
    }

    boolean isBlank() {
        return faults.isEmpty() && fits(0);
    }
}

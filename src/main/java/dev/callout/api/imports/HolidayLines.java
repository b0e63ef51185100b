package dev.callout.api.imports;

import dev.callout.api.files.CsvLines;
import dev.callout.api.files.Row;
import dev.callout.api.http.ApiProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Holidays in CSV: one date and one text per line. A first line that begins with {@code date} is the heading. */
public final class HolidayLines {

    private HolidayLines() {}

    /**
     * One line.
     *
     * @param number line number; the first line is 1
     * @param date   the date as it is written there
     * @param text   null for none
     */
    public record Line(long number, String date, String text) {}

    /**
     * Returns all lines that are not empty.
     *
     * @throws ApiProblem if they cannot be read as CSV of two columns; it names the line
     */
    public static List<Line> of(InputStream in) throws IOException {
        List<Line> found = new ArrayList<>();
        try (CsvLines lines = new CsvLines(in)) {
            for (Row row = lines.next(); row != null; row = lines.next()) {
                String date = row.cell(0).strip();
                if (found.isEmpty() && date.equalsIgnoreCase("date")) {
                    continue;
                }
                if (!row.fits(2)) {
                    throw new ApiProblem(
                            422,
                            "Line " + row.line() + " has " + row.cells().size() + " cells, where there are a date and a"
                                    + " text: put a text with commas between quotation marks");
                }
                boolean hasText = row.cells().size() > 1 && !row.cell(1).isBlank();
                found.add(new Line(row.line(), date, hasText ? row.cell(1).strip() : null));
            }
        }
        return found;
    }
}

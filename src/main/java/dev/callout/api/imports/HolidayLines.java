package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

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
            for (CSVRecord record = lines.next(); record != null; record = lines.next()) {
                String date = record.get(0).strip();
                if (found.isEmpty() && date.equalsIgnoreCase("date")) {
                    continue;
                }
                if (!CsvLines.fits(record, 2)) {
                    throw new ApiProblem(
                            422,
                            "Line " + lines.line() + " has " + record.size() + " cells, where there are a date and a"
                                    + " text: put a text with commas between quotation marks");
                }
                boolean hasText = record.size() > 1 && !record.get(1).isBlank();
                found.add(new Line(lines.line(), date, hasText ? record.get(1).strip() : null));
            }
        }
        return found;
    }
}

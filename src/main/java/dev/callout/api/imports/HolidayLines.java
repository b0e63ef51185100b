package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Holidays in CSV as a spreadsheet saves it: UTF-8, one date and one text per line, separated by commas, semicolons or
 * tabs. A first line that begins with {@code date} is the heading.
 */
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
    public static List<Line> of(InputStream in) throws ApiProblem, IOException {
        BufferedReader text =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), CsvSource.READ_AHEAD);
        char separator = CsvSource.begin(text);
        List<Line> lines = new ArrayList<>();
        long number = 1;
        try (CSVParser parser = CSVParser.builder()
                .setReader(text)
                .setFormat(CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(separator)
                        .setIgnoreEmptyLines(false)
                        .get())
                .get()) {
            for (CSVRecord record : parser) {
                boolean isHeading = number == 1 && record.get(0).strip().equalsIgnoreCase("date");
                if (!isHeading && (record.size() > 1 || !record.get(0).isBlank())) {
                    lines.add(line(number, record));
                }
                number = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new ApiProblem(
                    400,
                    "Line " + number + " cannot be read as CSV, perhaps a quotation mark is not closed: "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()));
        }
        return lines;
    }

    private static Line line(long number, CSVRecord record) throws ApiProblem {
        for (int i = 2; i < record.size(); i++) {
            if (!record.get(i).isBlank()) {
                throw new ApiProblem(
                        422,
                        "Line " + number + " has " + record.size() + " cells, where there are a date and a text:"
                                + " put a text with commas between quotation marks");
            }
        }
        boolean hasText = record.size() > 1 && !record.get(1).isBlank();
        return new Line(number, record.get(0).strip(), hasText ? record.get(1).strip() : null);
    }
}

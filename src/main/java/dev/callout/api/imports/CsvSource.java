package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Numbers in CSV as a spreadsheet saves it: UTF-8, separated by commas, semicolons or tabs; the first line decides
 * which. A first line that names a column {@code cld} or {@code number} is the heading. Without a heading the columns
 * are cld, callerid, priority. A first line that looks like a heading but is none is refused, because its columns would
 * be misread.
 */
final class CsvSource implements ImportSource {

    private static final int LONGEST_RECORD = 64 * 1024;
    static final int READ_AHEAD = 16 * 1024;
    private static final List<String> WITHOUT_HEADING = List.of("cld", "callerid", "priority");

    private final Bounded reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private int cells;
    private CSVRecord first;
    private int line = 1;

    CsvSource(InputStream in) throws ApiProblem, IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), READ_AHEAD);
        char separator = begin(text);
        this.reader = new Bounded(text);
        this.parser = CSVParser.builder()
                .setReader(reader)
                .setFormat(CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(separator)
                        .setIgnoreEmptyLines(false)
                        .get())
                .get();
        this.records = parser.iterator();
        first = record();
        if (first != null) {
            readHeading();
        }
    }

    /** Skips a byte order mark, and finds the separator in the first line. */
    static char begin(BufferedReader text) throws IOException {
        text.mark(READ_AHEAD / 2);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        text.mark(READ_AHEAD / 2);
        char separator = ',';
        int c = text.read();
        for (int i = 1; i < READ_AHEAD / 2 && c >= 0 && c != '\n'; i++) {
            if (c == ',' || c == ';' || c == '\t') {
                separator = (char) c;
                break;
            }
            c = text.read();
        }
        text.reset();
        return separator;
    }

    private void readHeading() throws ApiProblem {
        List<String> heading = new ArrayList<>();
        first.forEach(cell -> heading.add(cell.strip().toLowerCase(Locale.ROOT)));
        boolean isHeading = heading.contains("cld") || heading.contains("number");
        if (!isHeading && !heading.get(0).isEmpty() && heading.get(0).chars().noneMatch(Character::isDigit)) {
            throw new ApiProblem(
                    400,
                    "Line " + line + " has no digit where the number is to be. If it is the heading, name the"
                            + " number's column cld or number; if there is none, put cld,callerid,priority above it");
        }
        List<String> names = isHeading ? heading : WITHOUT_HEADING;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).equals("number") ? "cld" : names.get(i);
            if (FIELDS.contains(name)) {
                if (columns.putIfAbsent(name, i) != null) {
                    throw new ApiProblem(
                            400,
                            "The heading has two columns " + name + (name.equals("cld") ? " or number" : "")
                                    + ": leave one out");
                }
            } else if (!name.isEmpty()) {
                ignored.add(name);
            }
        }
        cells = names.size();
        if (isHeading) {
            first = null;
            line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
        }
    }

    @Override
    public ImportLine next() throws ApiProblem, IOException {
        while (true) {
            int begun = line;
            CSVRecord record = first == null ? record() : first;
            first = null;
            if (record == null) {
                return null;
            }
            line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
            if (record.size() > 1 || !record.get(0).isBlank()) {
                return read(begun, record);
            }
        }
    }

    private ImportLine read(int begun, CSVRecord record) {
        String cld = cell(record, "cld");
        for (int i = cells; i < record.size(); i++) {
            if (!record.get(i).isBlank()) {
                return ImportLine.refused(
                        begun, cld, "the line has " + record.size() + " cells, where there are " + cells + " columns");
            }
        }
        try {
            String callerid = cell(record, "callerid");
            return new ImportLine(
                    begun,
                    cld,
                    callerid == null || callerid.isBlank() ? null : callerid.strip(),
                    ImportSource.priority(cell(record, "priority")),
                    null);
        } catch (NumberFormatException e) {
            return ImportLine.refused(begun, cld, "priority is not a whole number");
        }
    }

    private String cell(CSVRecord record, String column) {
        Integer index = columns.get(column);
        String cell = index == null || index >= record.size() ? null : record.get(index);
        // Removes what our own export puts before a number that a spreadsheet would read as a formula.
        return cell != null && cell.matches("'[=+@\\t\\r-].*") ? cell.substring(1) : cell;
    }

    private CSVRecord record() throws ApiProblem, IOException {
        reader.left = LONGEST_RECORD;
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new ApiProblem(
                    400,
                    "Line " + line + " cannot be read as CSV, perhaps a quotation mark is not closed: "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()));
        }
    }

    @Override
    public List<String> ignored() {
        return ignored;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /** Fails on a record that is too long, as after a quotation mark that is never closed. */
    private static final class Bounded extends FilterReader {

        private int left;

        private Bounded(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            require();
            int c = super.read();
            left--;
            return c;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            require();
            int count = super.read(buffer, offset, length);
            left -= Math.max(count, 0);
            return count;
        }

        private void require() throws IOException {
            if (left < 0) {
                throw new IOException("it is longer than " + LONGEST_RECORD + " characters");
            }
        }
    }
}

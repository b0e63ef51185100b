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
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads CSV as a spreadsheet saves it: UTF-8, separated by commas, semicolons or tabs; the first line decides which.
 * Skips empty lines.
 */
final class CsvLines implements AutoCloseable {

    private static final int LONGEST_RECORD = 64 * 1024;
    private static final int READ_AHEAD = 16 * 1024;

    private final Bounded reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private int line;
    private int next = 1;

    CsvLines(InputStream in) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), READ_AHEAD);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator(text))
                .setIgnoreEmptyLines(false)
                .get();
        reader = new Bounded(text);
        parser = CSVParser.builder().setReader(reader).setFormat(format).get();
        records = parser.iterator();
    }

    /** Skips a byte order mark, and finds the separator in the first line. */
    private static char separator(BufferedReader text) throws IOException {
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

    /**
     * Returns the cells of the next line that is not empty; null at the end.
     *
     * @throws ApiProblem if the rest cannot be read as CSV; it names the line
     */
    CSVRecord next() {
        CSVRecord record;
        do {
            line = next;
            reader.left = LONGEST_RECORD;
            try {
                record = records.hasNext() ? records.next() : null;
            } catch (UncheckedIOException | IllegalStateException e) {
                throw new ApiProblem(
                        400,
                        "Line " + line + " cannot be read as CSV, perhaps a quotation mark is not closed: "
                                + (e.getCause() == null ? e : e.getCause()).getMessage());
            }
            next = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
        } while (record != null && record.size() == 1 && record.get(0).isBlank());
        return record;
    }

    /** Returns the number of the line with which the last record began; the first line is 1. */
    int line() {
        return line;
    }

    /** Returns whether a record has so many cells at most. Empty cells behind them do not count. */
    static boolean fits(CSVRecord record, int cells) {
        return record.stream().skip(cells).allMatch(String::isBlank);
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
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (left < 0) {
                throw new IOException("it is longer than " + LONGEST_RECORD + " characters");
            }
            int count = super.read(buffer, offset, length);
            left -= Math.max(count, 0);
            return count;
        }
    }
}

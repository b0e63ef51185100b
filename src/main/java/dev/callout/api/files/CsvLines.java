package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads CSV as a spreadsheet saves it: UTF-8 or UTF-16, separated by commas, semicolons or tabs. The first line decides
 * which; a line {@code sep=;} above it names any other separator. Skips empty lines.
 */
public final class CsvLines implements Rows {

    private static final int LONGEST_RECORD = 64 * 1024;
    private static final int READ_AHEAD = 16 * 1024;

    /** What Excel writes above a table for itself. */
    private static final Pattern GIVEN_SEPARATOR = Pattern.compile("(?i)\"?sep=([^\"\r\n])\"?(\r\n?|\n)");

    private static final int LONGEST_GIVEN_SEPARATOR = 9;

    private final Bounded reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    /** How many lines stand above those that the parser counts. */
    private final int above;

    private int next;

    /**
     * @throws ApiProblem  if the beginning cannot be read as text
     * @throws IOException if a temporary file cannot be used
     */
    public CsvLines(InputStream in) throws IOException {
        BufferedReader text = new BufferedReader(TextReader.of(in), READ_AHEAD);
        Character given = givenSeparator(text);
        above = given == null ? 0 : 1;
        next = above + 1;
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(given == null ? separator(text) : given)
                .setIgnoreEmptyLines(false)
                .get();
        reader = new Bounded(text);
        parser = CSVParser.builder().setReader(reader).setFormat(format).get();
        records = parser.iterator();
    }

    /** Reads a first line that names the separator; null: there is none. */
    private static Character givenSeparator(BufferedReader text) throws IOException {
        text.mark(LONGEST_GIVEN_SEPARATOR);
        StringBuilder start = new StringBuilder();
        int c = text.read();
        while (c >= 0) {
            start.append((char) c);
            c = start.length() < LONGEST_GIVEN_SEPARATOR ? text.read() : -1;
        }
        text.reset();
        Matcher line = GIVEN_SEPARATOR.matcher(start);
        if (!line.lookingAt()) {
            return null;
        }
        text.skip(line.end());
        return line.group(1).charAt(0);
    }

    /** Finds the separator in the first line. */
    private static char separator(BufferedReader text) throws IOException {
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

    @Override
    public Row next() {
        CSVRecord record;
        int line;
        do {
            line = next;
            reader.left = LONGEST_RECORD;
            try {
                record = records.hasNext() ? records.next() : null;
            } catch (ApiProblem e) {
                throw e.behindLine(line - 1);
            } catch (UncheckedIOException | IllegalStateException e) {
                throw new ApiProblem(
                        400,
                        "Line " + line + " cannot be read as CSV, perhaps a quotation mark is not closed: "
                                + (e.getCause() == null ? e : e.getCause()).getMessage());
            }
            next = Math.toIntExact(parser.getCurrentLineNumber()) + 1 + above;
        } while (record != null && record.size() == 1 && record.get(0).isBlank());
        return record == null ? null : new Row(line, record.toList(), Map.of());
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

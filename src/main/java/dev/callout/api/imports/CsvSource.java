package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/**
 * Numbers in CSV. A first line that names a column {@code cld} or {@code number} is the heading. Without a heading the
 * columns are cld, callerid, priority. A first line that looks like a heading but is none is refused, because its columns
 * would be misread.
 */
final class CsvSource implements ImportSource {

    private static final List<String> WITHOUT_HEADING = List.of("cld", "callerid", "priority");

    private final CsvLines lines;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private int cells;
    /** The first record if it is no heading, until it is returned. */
    private CSVRecord first;

    CsvSource(InputStream in) throws IOException {
        lines = new CsvLines(in);
        first = lines.next();
        if (first != null) {
            readHeading();
        }
    }

    private void readHeading() {
        List<String> heading = first.stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        boolean isHeading = heading.contains("cld") || heading.contains("number");
        if (!isHeading && !heading.get(0).isEmpty() && heading.get(0).chars().noneMatch(Character::isDigit)) {
            throw new ApiProblem(
                    400,
                    "Line " + lines.line() + " has no digit in the cell of the number. If it is the heading, name the"
                            + " column of the numbers cld or number; if there is none, put"
                            + " cld,callerid,priority above it");
        }
        List<String> names = isHeading ? heading : WITHOUT_HEADING;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).equals("number") ? "cld" : names.get(i);
            if (!FIELDS.contains(name)) {
                ignored.add(name);
            } else if (columns.putIfAbsent(name, i) != null) {
                throw new ApiProblem(
                        400,
                        "The heading has two columns " + name + (name.equals("cld") ? " or number" : "")
                                + ": leave one out");
            }
        }
        ignored.removeIf(String::isEmpty);
        cells = names.size();
        if (isHeading) {
            first = null;
        }
    }

    @Override
    public ImportLine next() {
        CSVRecord record = first == null ? lines.next() : first;
        first = null;
        if (record == null) {
            return null;
        }
        String cld = cell(record, "cld");
        return CsvLines.fits(record, cells)
                ? ImportLine.of(lines.line(), cld, cell(record, "callerid"), cell(record, "priority"))
                : ImportLine.refused(
                        lines.line(),
                        cld,
                        "the line has " + record.size() + " cells, where there are " + cells + " columns");
    }

    private String cell(CSVRecord record, String column) {
        Integer index = columns.get(column);
        String cell = index == null || index >= record.size() ? null : record.get(index);
        // Removes what our own export puts before a number that a spreadsheet would read as a formula.
        return cell != null && cell.matches("'[=+@\\t\\r-].*") ? cell.substring(1) : cell;
    }

    @Override
    public List<String> ignored() {
        return ignored;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

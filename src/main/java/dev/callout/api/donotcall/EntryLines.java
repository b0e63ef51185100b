package dev.callout.api.donotcall;

import dev.callout.api.answer.Column;
import dev.callout.api.files.Row;
import dev.callout.api.files.Rows;
import dev.callout.api.http.ApiProblem;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The entries of a do-not-call list in a table. A first line that names a column {@code number} is the heading; the
 * columns {@code reason} and {@code expires} are used as well. Without a heading, each line is one number, or an area code
 * of North America and seven digits.
 */
final class EntryLines implements Closeable {

    private static final Set<String> NUMBER = Set.of("number", "cld", "phone", "telephone", "e164");
    private static final Column REASON = Column.text("reason", 255);
    private static final Column EXPIRES = Column.of("expires", Column.Kind.INSTANT);
    private static final int LONGEST = 64;

    private static final Pattern AREA_CODE = Pattern.compile("[2-9]\\d{2}");
    private static final Pattern SEVEN_DIGITS = Pattern.compile("\\d{7}");

    private final Rows rows;
    private final Map<String, Integer> columns = new HashMap<>();
    /** The first line if it is no heading, until it is returned. */
    private Row first;

    /**
     * One line.
     *
     * @param line    its number; the first is 1
     * @param number  the number as it is written there; the area code and the seven digits are put together
     * @param isOfNorthAmerica whether it was an area code and seven digits
     * @param reason  null for none
     * @param expires null: for ever
     * @param refusal why it is refused; null if nothing is wrong with it
     */
    record Line(int line, String number, boolean isOfNorthAmerica, String reason, Object expires, String refusal) {

        private static Line refused(Row row, String number, String refusal) {
            return new Line(row.line(), number, false, null, null, refusal);
        }
    }

    /** @throws ApiProblem if the first line looks like a heading, but does not show which column holds the numbers */
    EntryLines(Rows rows) throws IOException {
        this.rows = rows;
        first = rows.next();
        if (first == null) {
            return;
        }
        List<String> names = first.cells().stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            String name = NUMBER.contains(names.get(i)) ? "number" : names.get(i);
            columns.putIfAbsent(name, i);
        }
        if (columns.containsKey("number")) {
            first = null;
        } else if (names.stream().noneMatch(name -> name.chars().anyMatch(Character::isDigit))) {
            throw new ApiProblem(
                    400,
                    "Line " + first.line()
                            + " has no digit. If it is the heading, name the column of the numbers number;"
                            + " if there is none, put number above it");
        } else {
            columns.clear();
        }
    }

    /** Returns the next line that is not empty; null at the end. */
    Line next() throws IOException {
        Row row = first == null ? rows.next() : first;
        first = null;
        if (row == null) {
            return null;
        }
        return columns.isEmpty() ? withoutHeading(row) : withHeading(row);
    }

    private static Line withoutHeading(Row row) {
        String number = row.cell(0).strip();
        if (row.fits(1)) {
            return line(row, 0, number, false, null, null);
        }
        String behind = row.cell(1).strip();
        return row.fits(2)
                        && AREA_CODE.matcher(number).matches()
                        && SEVEN_DIGITS.matcher(behind).matches()
                ? line(row, 1, number + behind, true, null, null)
                : Line.refused(
                        row,
                        number,
                        "the line has " + row.cells().size()
                                + " cells, where there is one number, or an area code and seven digits: name the columns"
                                + " in a heading");
    }

    private Line withHeading(Row row) {
        int column = columns.get("number");
        String number = row.cell(column);
        try {
            return line(
                    row,
                    column,
                    number == null ? "" : number.strip(),
                    false,
                    (String) REASON.read(cell(row, "reason")),
                    EXPIRES.read(cell(row, "expires")));
        } catch (ApiProblem e) {
            return Line.refused(row, number, e.getMessage());
        }
    }

    private String cell(Row row, String column) {
        String cell = columns.containsKey(column) ? row.cell(columns.get(column)) : null;
        return cell == null || cell.isBlank() ? null : cell.strip();
    }

    private static Line line(
            Row row, int column, String number, boolean isOfNorthAmerica, String reason, Object expires) {
        String fault = row.faults().get(column);
        if (fault != null) {
            return Line.refused(row, number, "the number " + fault);
        }
        return number.length() > LONGEST
                ? Line.refused(
                        row, number.substring(0, LONGEST), "the number is longer than " + LONGEST + " characters")
                : new Line(row.line(), number, isOfNorthAmerica, reason, expires, null);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

package dev.callout.api.imports;

import dev.callout.api.files.Row;
import dev.callout.api.files.Rows;
import dev.callout.api.http.ApiProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Numbers in a table. {@link Headings} decides whether the first line is the heading. Without one the columns are cld,
 * callerid, priority.
 */
final class TableSource implements ImportSource {

    private static final List<String> FIELDS_IN_ORDER = List.of("cld", "callerid", "priority", "timezone", "consent");
    private static final Map<String, Integer> WITHOUT_HEADING = Map.of("cld", 0, "callerid", 1, "priority", 2);

    private final Rows rows;
    private final Map<String, Integer> columns;
    private final Map<String, Integer> variables;
    private final boolean variablesNamed;
    private final List<String> ignored;
    private final int cells;
    /** Lines that have been read to find the heading, until they are returned. */
    private final List<Row> ahead = new ArrayList<>();

    /**
     * Reads the heading.
     *
     * @param rows  closed with the source, and if this fails
     * @param named names of columns by the field that they hold; empty if the sender names none
     * @param further which of the other columns become variables
     * @throws ApiProblem if the first line looks like a heading, but does not show which column holds the numbers
     */
    static TableSource of(Rows rows, Map<String, String> named, VariableColumns further) throws IOException {
        boolean done = false;
        try {
            TableSource source = new TableSource(rows, named, further);
            done = true;
            return source;
        } finally {
            if (!done) {
                rows.close();
            }
        }
    }

    private TableSource(Rows rows, Map<String, String> named, VariableColumns further) throws IOException {
        this.rows = rows;
        Row first = rows.next();
        Row second = first == null ? null : rows.next();
        Optional<Map<String, Integer>> heading = first == null ? Optional.empty() : Headings.of(first, second, named);
        columns = heading.orElse(WITHOUT_HEADING);
        cells = heading.isPresent() ? first.cells().size() : WITHOUT_HEADING.size();
        variables = further.in(heading.isPresent() ? first : null, columns.values());
        variablesNamed = further.named();
        ignored = heading.isEmpty()
                ? List.of()
                : IntStream.range(0, cells)
                        .filter(index -> !columns.containsValue(index) && !variables.containsValue(index))
                        .mapToObj(index -> first.cell(index).strip())
                        .filter(name -> !name.isEmpty())
                        .toList();
        if (first != null && heading.isEmpty()) {
            ahead.add(first);
        }
        if (second != null) {
            ahead.add(second);
        }
    }

    @Override
    public ImportLine next() throws IOException {
        Row row = ahead.isEmpty() ? rows.next() : ahead.remove(0);
        if (row == null) {
            return null;
        }
        String cld = cell(row, "cld");
        for (String field : FIELDS_IN_ORDER) {
            String fault = row.faults().get(columns.getOrDefault(field, -1));
            if (fault != null) {
                return ImportLine.refused(row.line(), cld, field + " " + fault);
            }
        }
        return row.fits(cells)
                ? ImportLine.of(row.line(), fields(row)).with(variables(row))
                : ImportLine.refused(
                        row.line(),
                        cld,
                        "the line has " + row.cells().size() + " cells, where there are " + cells + " columns");
    }

    private Map<String, String> fields(Row row) {
        Map<String, String> fields = new HashMap<>();
        FIELDS_IN_ORDER.forEach(field -> fields.put(field, cell(row, field)));
        return fields;
    }

    private ImportLine.Variables variables(Row row) {
        Map<String, String> texts = new HashMap<>();
        Map<String, String> faults = new HashMap<>();
        variables.forEach((name, index) -> {
            String fault = row.textFault(index);
            if (fault == null) {
                texts.put(name, unguarded(row.text(index)));
            } else {
                faults.put(name, fault);
            }
        });
        return new ImportLine.Variables(texts, faults, variablesNamed ? Set.of() : variables.keySet());
    }

    private String cell(Row row, String field) {
        Integer index = columns.get(field);
        return index == null ? null : unguarded(row.cell(index));
    }

    /** Removes what our own export puts before a number that a spreadsheet would read as a formula. */
    static String unguarded(String cell) {
        return cell != null && cell.matches("'[=+@\\t\\r-].*") ? cell.substring(1) : cell;
    }

    @Override
    public String unit() {
        return "line";
    }

    @Override
    public List<String> variables() {
        return variables.keySet().stream().sorted().toList();
    }

    @Override
    public List<String> ignored() {
        return ignored;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

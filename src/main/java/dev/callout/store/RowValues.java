package dev.callout.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the columns of a row. NULL and blank text mean nothing. What cannot be read becomes a problem, with its place. */
final class RowValues {

    private final Map<String, Object> row;
    private final String table;
    private final Object key;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param row   the row, by column
     * @param table its table, for problems
     * @param key   its key there
     */
    RowValues(Map<String, Object> row, String table, Object key) {
        this.row = row;
        this.table = table;
        this.key = key;
    }

    /** The problems so far, a sentence each. */
    List<String> problems() {
        return problems;
    }

    void problem(String column, String what) {
        problems.add("table " + table + ", row " + key + ", column " + column + ": " + what);
    }

    boolean has(String column) {
        return row.get(column) != null;
    }

    /** The text without blanks at its ends; null if it is blank. */
    String text(String column) {
        Object value = row.get(column);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    /** Connector/J returns a TINYINT(1) as a Boolean. */
    boolean flag(String column) {
        Object value = row.get(column);
        if (value instanceof Boolean flag) {
            return flag;
        }
        BigDecimal number = decimal(column);
        return number != null && number.signum() != 0;
    }

    Integer whole(String column, Integer otherwise) {
        BigDecimal value = decimal(column);
        try {
            return value == null ? otherwise : Integer.valueOf(value.intValueExact());
        } catch (ArithmeticException e) {
            problem(column, "'" + value.toPlainString() + "' is not a whole number of a usable size");
            return otherwise;
        }
    }

    BigDecimal decimal(String column) {
        String text = text(column);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            problem(column, "'" + text + "' is not a number");
            return null;
        }
    }
}

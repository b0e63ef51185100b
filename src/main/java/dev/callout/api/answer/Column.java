package dev.callout.api.answer;

import dev.callout.api.http.ApiProblem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The allowed values of one column that people edit.
 *
 * @param name  the column's name, which is also the name of the JSON member
 * @param least the smallest number
 * @param most  the largest number; for a text the number of its characters
 */
public record Column(String name, Kind kind, long least, long most) {

    private static final int LAST_ASCII = 0x7e;

    /** The end of a day, which no time of a day is. */
    private static final String MIDNIGHT = "24:00:00";

    /** How a JSON value becomes a value of the column. */
    public enum Kind {
        TEXT,
        NAME,
        LINES,
        WHOLE,
        DECIMAL,
        PRICE,
        FLAG,
        LOCAL_DATE_TIME(
                "a date and time such as 2027-01-31T09:00:00, in the campaign's time zone",
                text -> inRange(LocalDateTime.parse(text)).withNano(0)),
        DATE("a date such as 2027-01-31", text -> inRange(LocalDate.parse(text).atStartOfDay())
                .toLocalDate()),
        TIME_OF_DAY(
                "a time of day from 00:00:00 to 24:00:00",
                text -> text.equals(MIDNIGHT)
                        ? MIDNIGHT
                        : LocalTime.parse(text).withNano(0).format(DateTimeFormatter.ISO_LOCAL_TIME)),
        INSTANT(
                "an instant such as 2027-01-31T09:00:00Z",
                text -> inRange(OffsetDateTime.parse(text)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()));

        private final String example;
        private final Function<String, Object> parser;

        Kind() {
            this(null, null);
        }

        Kind(String example, Function<String, Object> parser) {
            this.example = example;
            this.parser = parser;
        }
    }

    /** Returns a column for a line of text of so many characters. */
    public static Column text(String name, int longest) {
        return new Column(name, Kind.TEXT, 0, longest);
    }

    /** Returns a column for a name of so many ASCII characters, by which other rows find the row. */
    public static Column name(String name, int longest) {
        return new Column(name, Kind.NAME, 0, longest);
    }

    /** Returns a column for text that may have line breaks. */
    public static Column lines(String name) {
        return new Column(name, Kind.LINES, 0, 16_000);
    }

    /** Returns a column for whole numbers in that range. */
    public static Column whole(String name, long least, long most) {
        return new Column(name, Kind.WHOLE, least, most);
    }

    /** Returns a column for seconds with three decimals. */
    public static Column decimal(String name) {
        return new Column(name, Kind.DECIMAL, 0, 9_999_999);
    }

    /** Returns a column for prices with six decimals. */
    public static Column price(String name) {
        return new Column(name, Kind.PRICE, 0, 999_999);
    }

    /** Returns a column of a kind that has no range. */
    public static Column of(String name, Kind kind) {
        return new Column(name, kind, 0, 0);
    }

    /** @throws ApiProblem if the column cannot hold the value; it names the column */
    public Object read(Object json) {
        if (json == null) {
            return null;
        }
        return switch (kind) {
            case TEXT, NAME, LINES -> text(json);
            case WHOLE, DECIMAL, PRICE -> number(json);
            case FLAG -> flag(json);
            default -> time(json);
        };
    }

    private String text(Object json) {
        if (!(json instanceof String text)) {
            throw ApiProblem.field(name, "must be a text");
        }
        if (text.codePointCount(0, text.length()) > most) {
            throw ApiProblem.field(name, "must not be longer than " + most + " characters");
        }
        boolean lines = kind == Kind.LINES;
        if (text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\r' || c == '\t'))
                        || Character.getType(c) == Character.SURROGATE)) {
            throw ApiProblem.field(name, "must not contain control characters");
        }
        if (kind == Kind.NAME && !text.equals(text.strip())) {
            throw ApiProblem.field(name, "must not begin or end with a blank");
        }
        if (kind == Kind.NAME && text.chars().anyMatch(c -> c > LAST_ASCII)) {
            throw ApiProblem.field(
                    name,
                    "must not contain other than ASCII characters: no letters with accents, no typographic signs");
        }
        return text;
    }

    private Number number(Object json) {
        boolean whole = kind == Kind.WHOLE;
        boolean fits = json instanceof Number && !(whole && json instanceof BigDecimal);
        BigDecimal value = fits ? new BigDecimal(json.toString()) : null;
        int decimals = kind == Kind.PRICE ? 6 : 3;
        if (value == null
                || value.compareTo(BigDecimal.valueOf(least)) < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0
                || value.stripTrailingZeros().scale() > decimals) {
            throw ApiProblem.field(
                    name,
                    "must be a " + (whole ? "whole " : "") + "number from " + least + " to " + most
                            + (whole ? "" : " with " + decimals + " decimals at most"));
        }
        return whole ? (Number) value.longValueExact() : value;
    }

    private Integer flag(Object json) {
        if (json instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (json.equals(0) || json.equals(1)) {
            return (Integer) json;
        }
        throw ApiProblem.field(name, "must be true or false");
    }

    private String time(Object json) {
        try {
            return kind.parser.apply(json instanceof String text ? text : "").toString();
        } catch (DateTimeException e) {
            throw ApiProblem.field(name, "must be " + kind.example);
        }
    }

    private static LocalDateTime inRange(LocalDateTime time) {
        if (time.getYear() < 1971 || time.getYear() > 2999) {
            throw new DateTimeException("out of range");
        }
        return time;
    }

    /**
     * Reads the columns in an object.
     *
     * @throws ApiProblem if some are unknown or wrong; it names all of them
     */
    public static Map<String, Object> read(List<Column> columns, Map<String, Object> object) {
        Faults faults = new Faults();
        Map<String, Object> values = read(columns, object, faults);
        faults.refuse();
        return values;
    }

    /**
     * Reads the columns in an object.
     *
     * @param faults gets those that are unknown or wrong; they are not among the values
     */
    public static Map<String, Object> read(List<Column> columns, Map<String, Object> object, Faults faults) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : object.entrySet()) {
            Column column = columns.stream()
                    .filter(one -> one.name().equals(member.getKey()))
                    .findFirst()
                    .orElse(null);
            if (column == null) {
                faults.add(
                        member.getKey().length() > 64 ? member.getKey().substring(0, 64) : member.getKey(),
                        "there is no such field that can be set");
                continue;
            }
            faults.run(() -> values.put(column.name(), column.read(member.getValue())));
        }
        return values;
    }

    /** Returns the values of all columns; null for those that the row does not have. */
    public static Map<String, Object> all(List<Column> columns, Map<String, Object> row) {
        Map<String, Object> all = new LinkedHashMap<>();
        columns.forEach(column -> all.put(column.name(), row.get(column.name())));
        return all;
    }

    /** Returns a row as it is shown: flags as true and false, the rest unchanged. */
    public static Map<String, Object> shown(List<Column> columns, Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        columns.stream()
                .filter(column -> column.kind() == Kind.FLAG && row.get(column.name()) instanceof Number)
                .forEach(column -> shown.put(column.name(), ((Number) row.get(column.name())).intValue() != 0));
        return shown;
    }
}

package dev.callout.api.answer;

import dev.callout.api.http.ApiProblem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The allowed values of one column that people edit.
 *
 * @param name the column's name, which is also the name of the JSON member
 */
public record Column(String name, Kind kind, long least, long most) {

    /** How a JSON value becomes a value of the column. */
    public enum Kind {
        TEXT,
        LINES,
        WHOLE,
        DECIMAL,
        FLAG,
        LOCAL_DATE_TIME,
        DATE,
        TIME_OF_DAY,
        INSTANT
    }

    public static Column text(String name, int longest) {
        return new Column(name, Kind.TEXT, 0, longest);
    }

    /** Returns a column for text that may have line breaks. */
    public static Column lines(String name) {
        return new Column(name, Kind.LINES, 0, 16_000);
    }

    public static Column whole(String name, long least, long most) {
        return new Column(name, Kind.WHOLE, least, most);
    }

    public static Column decimal(String name) {
        return new Column(name, Kind.DECIMAL, 0, 9_999_999);
    }

    public static Column of(String name, Kind kind) {
        return new Column(name, kind, 0, 0);
    }

    /** @throws ApiProblem if the column cannot hold the value; it names the column */
    public Object read(Object json) throws ApiProblem {
        if (json == null) {
            return null;
        }
        return switch (kind) {
            case TEXT, LINES -> text(json);
            case WHOLE -> whole(json);
            case DECIMAL -> decimal(json);
            case FLAG -> flag(json);
            default -> time(json);
        };
    }

    private String text(Object json) throws ApiProblem {
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
            throw ApiProblem.field(name, "must not hold control characters");
        }
        return text;
    }

    private Long whole(Object json) throws ApiProblem {
        boolean number = json instanceof Integer || json instanceof Long || json instanceof BigInteger;
        BigDecimal value = number ? new BigDecimal(json.toString()) : null;
        if (value == null
                || value.compareTo(BigDecimal.valueOf(least)) < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw ApiProblem.field(name, "must be a whole number from " + least + " to " + most);
        }
        return value.longValueExact();
    }

    private BigDecimal decimal(Object json) throws ApiProblem {
        BigDecimal value = json instanceof BigDecimal exact
                ? exact
                : json instanceof Integer || json instanceof Long ? new BigDecimal(json.toString()) : null;
        if (value == null
                || value.signum() < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0
                || Math.max(0, value.stripTrailingZeros().scale()) > 3) {
            throw ApiProblem.field(name, "must be a number from 0 to " + most + " with three decimals at most");
        }
        return value;
    }

    private Integer flag(Object json) throws ApiProblem {
        if (json instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (json.equals(0) || json.equals(1)) {
            return (Integer) json;
        }
        throw ApiProblem.field(name, "must be true or false");
    }

    private String time(Object json) throws ApiProblem {
        String text = json instanceof String given ? given : "";
        try {
            return switch (kind) {
                case LOCAL_DATE_TIME ->
                    inRange(LocalDateTime.parse(text)).withNano(0).toString();
                case DATE ->
                    inRange(LocalDate.parse(text).atStartOfDay()).toLocalDate().toString();
                case TIME_OF_DAY -> LocalTime.parse(text).withNano(0).toString();
                default ->
                    inRange(OffsetDateTime.parse(text)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime())
                            .toString();
            };
        } catch (DateTimeException e) {
            throw ApiProblem.field(
                    name,
                    "must be "
                            + switch (kind) {
                                case LOCAL_DATE_TIME ->
                                    "a date and time such as 2027-01-31T09:00:00, by the campaign's time zone";
                                case DATE -> "a date such as 2027-01-31";
                                case TIME_OF_DAY -> "a time of day such as 09:00:00";
                                default -> "an instant such as 2027-01-31T09:00:00Z";
                            });
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
     * @throws ApiProblem if one is unknown or wrong; it names the first of them
     */
    public static Map<String, Object> read(List<Column> columns, Map<String, Object> object) throws ApiProblem {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : object.entrySet()) {
            Column column = columns.stream()
                    .filter(one -> one.name().equals(member.getKey()))
                    .findFirst()
                    .orElse(null);
            if (column == null) {
                throw ApiProblem.field(
                        member.getKey().length() > 64 ? member.getKey().substring(0, 64) : member.getKey(),
                        "there is no such field that can be set");
            }
            values.put(column.name(), column.read(member.getValue()));
        }
        return values;
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

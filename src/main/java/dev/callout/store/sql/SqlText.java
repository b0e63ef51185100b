package dev.callout.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement from a file below {@code sql/}, with camel-sql's named parameters: {@code :#name} is one value,
 * {@code :#in:name} a list of values, separated by commas. So a file can be used from a route as well.
 */
public final class SqlText {
    private static final Pattern PARAMETER = Pattern.compile(":#(in:)?(\\w+)");

    /** What the server does not take in a statement that it only parses. */
    private static final Pattern OPTIONS = Pattern.compile("SET STATEMENT .*? FOR\\b", Pattern.DOTALL);

    private static final int FETCHED_AT_ONCE = 500;

    private final String name;
    private final String text;

    private SqlText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** @param name the file below {@code sql/}, without {@code .sql} */
    public static SqlText of(String name) {
        return of(name, UnaryOperator.identity());
    }

    /** The same with its text edited. */
    public static SqlText of(String name, UnaryOperator<String> edit) {
        try (InputStream in = SqlText.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("There is no statement sql/" + name + ".sql");
            }
            return new SqlText(name, edit.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read sql/" + name + ".sql", e);
        }
    }

    /** The file's text, its comments included. */
    public String text() {
        return text;
    }

    /** @return how many rows were found to be changed */
    public int update(Connection connection, Map<String, ?> parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, parameters)) {
            return statement.executeUpdate();
        }
    }

    public <T> List<T> query(Connection connection, Map<String, ?> parameters, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection, parameters); ResultSet row = statement.executeQuery()) {
            List<T> results = new ArrayList<>();
            while (row.next()) {
                results.add(reader.read(row));
            }
            return results;
        }
    }

    /** Hands the rows over one by one as they come from the server: their number needs no memory. */
    public <E extends Exception> void each(Connection connection, Map<String, ?> parameters, Taker<E> taker)
            throws SQLException, E {
        try (PreparedStatement statement = prepare(connection, parameters)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    taker.take(row);
                }
            }
        }
    }

    /** Has the server look at names, columns and rights; nothing is executed. */
    public void parse(Connection connection) throws SQLException {
        String statement = OPTIONS.matcher(PARAMETER.matcher(text).replaceAll("?")).replaceFirst("");
        try (PreparedStatement parsed = connection.prepareStatement("SET @callout_parsed = ?");
                Statement parsing = connection.createStatement()) {
            parsed.setString(1, statement);
            parsed.execute();
            parsing.execute("PREPARE callout_parsed FROM @callout_parsed");
            parsing.execute("DEALLOCATE PREPARE callout_parsed");
        }
    }

    private PreparedStatement prepare(Connection connection, Map<String, ?> parameters) throws SQLException {
        List<Object> values = new ArrayList<>();
        StringBuilder positional = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            if (!parameters.containsKey(parameter.group(2))) {
                throw new IllegalArgumentException("sql/" + name + ".sql needs a value for " + parameter.group());
            }
            Object value = parameters.get(parameter.group(2));
            if (parameter.group(1) == null) {
                parameter.appendReplacement(positional, "?");
                values.add(value);
            } else {
                Collection<?> list = (Collection<?>) value;
                parameter.appendReplacement(positional, String.join(", ", list.stream().map(each -> "?").toList()));
                values.addAll(list);
            }
        }
        parameter.appendTail(positional);
        PreparedStatement statement = connection.prepareStatement(positional.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Makes a result of the row at which a result set stands. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the row at which a result set stands. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        void take(ResultSet row) throws SQLException, E;
    }
}

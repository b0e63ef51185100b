package dev.callout.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of one destination list: says what it lacks to be dialled from, creates it, alters it. */
public final class ListSchema {
    private static final Logger LOG = LoggerFactory.getLogger(ListSchema.class);
    private static final SqlText ENGINE = SqlText.of("engine");
    private static final SqlText PREPARED = SqlText.of("prepared-lists");
    /** Altering waits no longer for those who use the table, for behind it everybody else has to wait. */
    private static final String WAIT = "SET STATEMENT lock_wait_timeout = 10 FOR ";

    private final DataSource dataSource;
    private final String name;
    private final String create;
    private final String convert;
    private final String extend;

    /**
     * @param  dataSource               the database
     * @param  name                     the table's name
     * @throws IllegalArgumentException if it is no name that a list can have, with a sentence that says why
     */
    public ListSchema(DataSource dataSource, String name) {
        ListName checked = new ListName(name);
        this.dataSource = dataSource;
        this.name = name;
        this.create = oneLine(checked.statement("create"));
        this.convert = oneLine(checked.statement("convert"));
        this.extend = oneLine(checked.statement("extend"));
    }

    /** The lists of a database that have been prepared, whether or not a campaign names them. */
    public static List<String> prepared(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return PREPARED.query(connection, Map.of(), row -> row.getString(1)).stream().filter(ListName::isAllowed).toList();
        }
    }

    private static String oneLine(SqlText statement) {
        return statement.text().lines().filter(line -> !line.startsWith("--")).map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /**
     * What the table lacks.
     *
     * @throws SQLException if the database does not answer, or if the table cannot be a list whatever is added to it
     */
    public Need need() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            List<String> engines = ENGINE.query(connection, Map.of("table", name), row -> row.getString(1));
            if (engines.isEmpty()) {
                return new Need(true, List.of(create, extend));
            }
            if (engines.get(0) == null || Schema.lacks(connection, name, "ADD COLUMN IF NOT EXISTS number")) {
                throw DatabaseFault.refusal("table " + name + " is no list of numbers: it is a view, or has no column number");
            }
            List<String> statements = new ArrayList<>();
            if (!"InnoDB".equalsIgnoreCase(engines.get(0))) {
                statements.add(convert);
            }
            if (Schema.lacks(connection, name, extend)) {
                statements.add(extend);
            }
            return new Need(false, statements);
        }
    }

    /**
     * Creates the table, or alters it, if it needs that; repeatable, and nodes may do it at once. A table that was there before
     * keeps what it holds; {@code SELECT *} and INSERTs that name no columns go on as before. It takes as long as copying it.
     *
     * @return the statements that were executed
     */
    public List<String> prepare() throws SQLException {
        List<String> statements = need().statements();
        try (Connection connection = dataSource.getConnection()) {
            int timeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            try (Statement statement = connection.createStatement()) {
                for (String text : statements) {
                    LOG.info("Making or altering table {}, which may take as long as copying it", name);
                    LOG.debug("{}", text);
                    statement.execute(WAIT + text);
                }
            } finally {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        }
        return statements;
    }

    /**
     * What must be executed before the list can be dialled from.
     *
     * @param missing    whether the table is not there at all
     * @param statements in their order; empty: nothing
     */
    public record Need(boolean missing, List<String> statements) {
        public Need {
            statements = List.copyOf(statements);
        }
    }
}

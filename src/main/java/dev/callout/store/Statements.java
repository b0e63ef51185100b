package dev.callout.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;

/** Runs the statements of {@code sql/api/}, for those who show and change what campaigns are made of. Thread-safe. */
public final class Statements {

    private final Map<String, SqlText> texts = new ConcurrentHashMap<>();
    private final Transactions transactions;

    /** @param dataSource the database */
    public Statements(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** Commits the work if it returns, else rolls it back; it is run again if the server rolled it back for another's sake. */
    public <T, E extends Exception> T inTransaction(Work<T, E> work) throws SQLException, E {
        return transactions.run(connection -> work.in(new Session(connection)));
    }

    /** As {@link #inTransaction(Work)}, but never run again: for work that cannot be repeated, or commits on its way. */
    public <T, E extends Exception> T once(Work<T, E> work) throws SQLException, E {
        return transactions.once(connection -> work.in(new Session(connection)));
    }

    /** The rows of a query that needs no transaction of several statements. */
    public List<Map<String, Object>> query(String name, Map<String, ?> parameters) throws SQLException {
        return this.<List<Map<String, Object>>, SQLException>inTransaction(session -> session.query(name, parameters));
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Session session) throws SQLException, E;
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    public interface Rows<E extends Exception> {
        void take(Map<String, Object> row) throws E;
    }

    /** The statements within one transaction. Names are files of {@code sql/api/} without {@code .sql}. */
    public final class Session {

        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        /** All rows, each by column in the order of the statement. */
        public List<Map<String, Object>> query(String name, Map<String, ?> parameters) throws SQLException {
            return text(name).query(connection, parameters, Statements::row);
        }

        /** Hands over row by row, so that their number does not matter. */
        public <E extends Exception> void each(String name, Map<String, ?> parameters, Rows<E> rows) throws SQLException, E {
            text(name).each(connection, parameters, result -> rows.take(row(result)));
        }

        /** @return how many rows were found to be changed */
        public int update(String name, Map<String, ?> parameters) throws SQLException {
            return text(name).update(connection, parameters);
        }

        /** @return the key that the row was given */
        public long insert(String name, Map<String, ?> parameters) throws SQLException {
            update(name, parameters);
            return ((Number) query("last-insert", Map.of()).get(0).get("id")).longValue();
        }

        /** Makes all inserted in this transaction so far durable, and begins the next. */
        public void commit() throws SQLException {
            connection.commit();
        }

        /** Undoes all since the last commit. */
        public void rollback() throws SQLException {
            connection.rollback();
        }

        /** The statement with {@code :#batch}, a JSON array of these rows. */
        public int updateBatch(String name, List<Map<String, Object>> batch) throws SQLException {
            return update(name, Map.of("batch", JsonBatch.of(batch, row -> row)));
        }

        private SqlText text(String name) {
            return texts.computeIfAbsent(name, file -> SqlText.of("api/" + file));
        }
    }

    /** A row by column, in the order of the statement. */
    static Map<String, Object> row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i), result.getObject(i));
        }
        return row;
    }
}

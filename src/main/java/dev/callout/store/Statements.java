package dev.callout.store;

import dev.callout.store.audit.Audit;
import dev.callout.store.audit.AuditedRows;
import dev.callout.store.audit.Unhindered;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Runs the statements of {@code sql/api/}, for code that shows and changes campaigns and what belongs to them.
 * Thread-safe.
 */
public final class Statements {

    private static final int FETCHED_AT_ONCE = 500;

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Transactions transactions;
    /** Fetches rows from the server one by one as they are read, so memory does not depend on their number. */
    private final SqlTemplate streaming;

    /** @param dataSource the database */
    public Statements(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
        this.streaming = new SqlTemplate(dataSource);
        this.streaming.getJdbcTemplate().setFetchSize(FETCHED_AT_ONCE);
    }

    /**
     * Commits the work if it returns, else rolls it back. If the server rolled it back in favour of another
     * transaction, the work is run again.
     */
    public <T, E extends Exception> T inTransaction(Work<T, E> work) throws SQLException, E {
        return transactions.run(jdbc -> work.in(new Session(jdbc)));
    }

    /**
     * Like {@link #inTransaction(Work)}, but the work is never run again. For work that cannot be repeated, or that
     * commits on its way.
     */
    public <T, E extends Exception> T once(Work<T, E> work) throws SQLException, E {
        return transactions.once(jdbc -> work.in(new Session(jdbc)));
    }

    /**
     * Like {@link #inTransaction(Work)}, for a change that keeps people from being called, or takes a right away: if its
     * entry cannot be written into the audit, the change is committed without it.
     *
     * @param action names the change in the log, without numbers
     */
    public <T, E extends Exception> T unhindered(String action, Work<T, E> work) throws SQLException, E {
        return Unhindered.<T, E>commit(
                action, () -> inTransaction(work), () -> transactions.run(jdbc -> work.in(new Session(jdbc, false))));
    }

    /** The rows of a query that needs no transaction of several statements. */
    public List<Map<String, Object>> query(String name, Map<String, ?> parameters) throws SQLException {
        return this.<List<Map<String, Object>>, SQLException>inTransaction(session -> session.query(name, parameters));
    }

    /** The work of a transaction. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Session session) throws SQLException, E;
    }

    /** Receives rows one by one. */
    @FunctionalInterface
    public interface Rows<E extends Exception> {
        void take(Map<String, Object> row) throws E;
    }

    /** The statements within one transaction. Names are files of {@code sql/api/} without {@code .sql}. */
    public final class Session {

        private final NamedParameterJdbcTemplate jdbc;
        private final boolean audited;

        private Session(NamedParameterJdbcTemplate jdbc) {
            this(jdbc, true);
        }

        private Session(NamedParameterJdbcTemplate jdbc, boolean audited) {
            this.jdbc = jdbc;
            this.audited = audited;
        }

        NamedParameterJdbcTemplate jdbc() {
            return jdbc;
        }

        /** All rows, each by column in the order of the statement. */
        public List<Map<String, Object>> query(String name, Map<String, ?> parameters) {
            return jdbc.queryForList(text(name), parameters);
        }

        /** Passes on row by row, so that their number does not matter. */
        public <E extends Exception> void each(String name, Map<String, ?> parameters, Rows<E> rows) throws E {
            try (Stream<Map<String, Object>> all =
                    streaming.queryForStream(text(name), parameters, new ColumnMapRowMapper())) {
                for (Iterator<Map<String, Object>> row = all.iterator(); row.hasNext(); ) {
                    rows.take(row.next());
                }
            }
        }

        /** @return the number of rows matched by the statement */
        public int update(String name, Map<String, ?> parameters) {
            return jdbc.update(text(name), parameters);
        }

        /** @return the key generated for the row */
        public long insert(String name, Map<String, ?> parameters) {
            update(name, parameters);
            return ((Number) query("last-insert", Map.of()).get(0).get("id")).longValue();
        }

        /** Writes an entry of the audit; see {@link Audit#write}. */
        public void audit(String action, String object, Map<String, ?> changes) {
            if (audited) {
                Audit.write(jdbc, action, object, changes);
            }
        }

        /** Writes an entry about what was changed in a campaign without asking Callout, if anything was. */
        public void settleCampaign(long campaign) {
            Audit.settle(jdbc, campaign);
        }

        /** Writes an entry about a campaign that this transaction has changed. */
        public void auditCampaign(long campaign, String action) {
            Audit.campaignChanged(jdbc, campaign, action, false);
        }

        /** Writes an entry about what was changed in such a row without asking Callout, if anything was. */
        public void settle(AuditedRows rows, long key) {
            rows.settle(jdbc, key);
        }

        /** Keeps such a row as this transaction, which has written the entry about it, leaves it. */
        public void keep(AuditedRows rows, long key) {
            rows.keep(jdbc, key);
        }

        /** Makes all inserts of this transaction so far durable, and begins the next transaction. */
        public void commit() {
            jdbc.getJdbcTemplate().execute("COMMIT");
        }

        /** Undoes everything since the last commit. */
        public void rollback() {
            jdbc.getJdbcTemplate().execute("ROLLBACK");
        }

        /** Runs the statement with {@code :#batch}, a JSON array of these rows. */
        public int updateBatch(String name, List<Map<String, Object>> batch) {
            return update(name, Map.of("batch", JsonBatch.of(batch, row -> row)));
        }

        private String text(String name) {
            return texts.computeIfAbsent(name, file -> SqlText.of("api/" + file));
        }
    }
}

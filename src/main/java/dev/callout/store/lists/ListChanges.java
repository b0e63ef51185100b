package dev.callout.store.lists;

import dev.callout.store.audit.Audit;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Changes single numbers of destination lists. A list may have been made by an older version, or by another program: only
 * the columns that it has are shown and changed.
 */
public final class ListChanges {

    /** What only lists have that campaigns with a country dial from. */
    private static final Set<String> OF_RULES = Set.of("timezone", "consent");

    private final Transactions transactions;

    /** @param dataSource the database */
    public ListChanges(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** What is done with a number in one transaction, which may be run again. */
    @FunctionalInterface
    public interface Work<T> {

        /** @param number may not be there */
        T with(Listed number) throws SQLException;
    }

    /**
     * Does something with one number in one transaction.
     *
     * @param list the table's name
     * @param key  the number's {@code callout_row}
     * @throws SQLException also if the list is not there, or has not got Callout's columns yet: {@link ListNumbers#isNotThere}
     */
    public <T> T change(String list, long key, Work<T> work) throws SQLException {
        ListName name = new ListName(list);
        return transactions.<T, SQLException>run(jdbc -> work.with(new Listed(jdbc, name, key)));
    }

    /** A number of a list, in one transaction. */
    public static final class Listed {

        private final NamedParameterJdbcTemplate jdbc;
        private final ListName list;
        private final Map<String, Object> keys;
        private final boolean hasRules;

        private Listed(NamedParameterJdbcTemplate jdbc, ListName list, long key) {
            this.jdbc = jdbc;
            this.list = list;
            this.keys = Map.of("key", key);
            this.hasRules = new HashSet<>(jdbc.queryForList(list.statement("number-columns"), Map.of(), String.class))
                    .containsAll(OF_RULES);
        }

        /** Keeps others from changing it until the transaction ends. */
        public void lock() {
            jdbc.queryForList(list.statement("number-lock"), keys);
        }

        /**
         * Returns what people set of it, by the names of {@code campaign_phones}: {@code cld}, {@code callerid}, {@code vars},
         * and, if the list has these columns, {@code timezone} and {@code consent}. Empty if there is no such number.
         */
        public Map<String, Object> values() {
            List<Map<String, Object>> found =
                    jdbc.queryForList(list.statement(hasRules ? "number-state-rules" : "number-state"), keys);
            return found.isEmpty() ? Map.of() : found.get(0);
        }

        /** @param values all that {@link #values} has but the number */
        public void update(Map<String, Object> values) {
            Map<String, Object> parameters = new HashMap<>(values);
            parameters.putAll(keys);
            jdbc.update(list.statement(hasRules ? "number-update-rules" : "number-update"), parameters);
        }

        /** Returns whether it is removed: it is not while a call to it is in progress. */
        public boolean remove() {
            return jdbc.update(list.statement("number-delete"), keys) > 0;
        }

        /** Writes an entry of the audit; see {@link Audit#write}. */
        public void audit(String action, String object, Map<String, ?> changes) {
            Audit.write(jdbc, action, object, changes);
        }
    }
}

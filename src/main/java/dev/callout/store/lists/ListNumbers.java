package dev.callout.store.lists;

import dev.callout.store.schema.ListName;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The numbers of a destination list as one of its campaigns sees them, in the words of {@code campaign_phones}. */
public final class ListNumbers {

    /** No such table, no such column, and no such index. */
    private static final Set<Integer> NOT_THERE = Set.of(1146, 1054, 1176);

    private final Transactions transactions;

    /** @param dataSource the database */
    public ListNumbers(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * Returns a page of the numbers, by column as {@code sql/api/numbers.sql}; empty if the list is not there, or has not
     * got Callout's columns yet.
     *
     * @param list       the table's name, in any form
     * @param parameters {@code campaign}, {@code after}, {@code status}, {@code cld} and {@code limit}; a status or number
     *                   that is null is any
     */
    public Optional<List<Map<String, Object>>> page(String list, Map<String, Object> parameters) throws SQLException {
        return query(list, "numbers", parameters);
    }

    /**
     * Returns how many numbers have each status, as {@code sql/api/campaign-statuses.sql}; none if the list is not there,
     * or has not got Callout's columns yet.
     */
    public List<Map<String, Object>> statuses(String list, long campaign) throws SQLException {
        return query(list, "statuses", new HashMap<>(Map.of("campaign", campaign)))
                .orElse(List.of());
    }

    /**
     * Returns how many numbers a campaign has finished with without reaching them, as {@code sql/api/again-count.sql};
     * none if the list is not there, or has not got Callout's columns yet.
     */
    public List<Map<String, Object>> countAgain(String list, Map<String, Object> wanted) throws SQLException {
        return query(list, "again-count", wanted).orElse(List.of());
    }

    /** Reopens such numbers within a range of keys, and returns how many. */
    public int again(String list, Map<String, Object> wanted) throws SQLException {
        String text = new ListName(list).statement("again");
        return transactions.run(jdbc -> jdbc.update(text, wanted));
    }

    /** Returns the campaign, {@code i_campaign}, of a call in progress to a number of a list; empty if there is none. */
    public Optional<Map<String, Object>> call(String list, String call) throws SQLException {
        return query(list, "campaign-of-call", Map.of("call", call)).stream()
                .flatMap(List::stream)
                .findFirst();
    }

    private Optional<List<Map<String, Object>>> query(String list, String statement, Map<String, Object> parameters)
            throws SQLException {
        try {
            String text = new ListName(list).statement(statement);
            return Optional.of(transactions.run(jdbc -> jdbc.queryForList(text, parameters)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (SQLException e) {
            if (NOT_THERE.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

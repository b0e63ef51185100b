package dev.callout.store.lists;

import dev.callout.store.schema.ListName;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /** Returns whether a statement failed because the list is not there, or has not got Callout's columns yet. */
    public static boolean isNotThere(SQLException fault) {
        return NOT_THERE.contains(fault.getErrorCode());
    }

    /**
     * Returns a page of the numbers, by column as {@code sql/api/numbers.sql}; empty if the list is not there, or has not
     * got Callout's columns yet.
     *
     * @param list       the table's name, in any form
     * @param parameters {@code campaign}, {@code after}, {@code status}, {@code cause}, {@code cld} and {@code limit}; a status,
     *                   cause or number that is null is any
     */
    public Optional<List<Map<String, Object>>> page(String list, Map<String, Object> parameters) throws SQLException {
        return query(list, "numbers", parameters);
    }

    /**
     * Returns the numbers of a list that are written so, or are known to mean a telephone; none if the list is not there,
     * or has not got Callout's columns yet.
     *
     * @param forms     the number as it may be written
     * @param telephone as E.164; null: it is not known
     * @param filter    {@code status} and {@code cause}; null is any
     */
    public List<Map<String, Object>> written(
            String list, long campaign, Set<String> forms, String telephone, Map<String, Object> filter)
            throws SQLException {
        Set<Long> keys = new TreeSet<>();
        for (String form : forms) {
            keys.addAll(keys(list, "preview-find", campaign, form));
        }
        if (telephone != null) {
            keys.addAll(keys(list, "preview-find-telephone", campaign, telephone));
        }
        List<Map<String, Object>> found = new ArrayList<>();
        for (long key : keys) {
            Map<String, Object> parameters = new HashMap<>(filter);
            parameters.put("campaign", campaign);
            parameters.put("after", key - 1);
            parameters.put("cld", null);
            parameters.put("limit", 1);
            page(list, parameters).orElse(List.of()).stream()
                    .filter(row -> ((Number) row.get("i_campaign_phone")).longValue() == key)
                    .forEach(found::add);
        }
        return found;
    }

    private List<Long> keys(String list, String statement, long campaign, String number) throws SQLException {
        return query(list, statement, Map.of("campaign", campaign, "number", number)).orElse(List.of()).stream()
                .map(row -> ((Number) row.get("callout_row")).longValue())
                .toList();
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
            if (isNotThere(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

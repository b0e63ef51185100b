package dev.callout.api.numbers;

import dev.callout.api.answer.Column;
import dev.callout.api.answer.ETag;
import dev.callout.api.answer.VariablesField;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.store.lists.ListChanges;
import dev.callout.store.lists.ListNumbers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number of a campaign that dials from a destination list: what people set of it is read, changed and removed, as far
 * as the list has columns for that.
 */
public final class ListedNumbers {

    private static final String VARIABLES = "vars";

    /** What people set of a number besides its variables; a list has no priorities. */
    private static final List<Column> CHANGED =
            List.of(Column.text("callerid", 64), Column.text("timezone", 64), Column.text("consent", 255));

    private final ListChanges lists;

    /** @param lists changes the rows */
    public ListedNumbers(ListChanges lists) {
        this.lists = lists;
    }

    /** Returns what people set of the number: its state, by which its {@code ETag} is made. */
    public Map<String, Object> state(String list, long key) throws SQLException {
        return change(list, key, ListedNumbers::values);
    }

    private <T> T change(String list, long key, ListChanges.Work<T> work) throws SQLException {
        try {
            return lists.change(list, key, work);
        } catch (SQLException e) {
            if (ListNumbers.isNotThere(e)) {
                throw notThere(list);
            }
            throw e;
        } catch (IllegalArgumentException e) {
            // Its name is none of a list; why_idle says so.
            throw notThere(list);
        }
    }

    /** Returns the problem of a list that cannot be read. */
    public static ApiProblem notThere(String list) {
        return new ApiProblem(
                409,
                "Table " + list + " of its destination_list is not there, or has not got Callout's columns"
                        + " yet: why_idle of the campaign says more");
    }

    private static Map<String, Object> values(ListChanges.Listed number) {
        Map<String, Object> values = number.values();
        if (values.isEmpty()) {
            throw ApiProblem.notFound("number of this i_campaign_phone in the list of the campaign");
        }
        return values;
    }

    private static Map<String, Object> lockedFor(ApiRequest request, ListChanges.Listed number) {
        number.lock();
        Map<String, Object> values = values(number);
        request.requireMatch(ETag.of(values));
        return new HashMap<>(values);
    }

    /** Changes the given fields of a number, also while it is called: the next call has them. Null resets a field. */
    public void change(ApiRequest request, String list, long campaign, long key, Map<String, Object> object)
            throws SQLException {
        Map<String, Object> fields = new LinkedHashMap<>(object);
        Map<String, Object> variables = new HashMap<>();
        if (fields.containsKey(VARIABLES)) {
            variables.put(VARIABLES, fields.remove(VARIABLES));
        }
        if (fields.containsKey("priority")) {
            throw ApiProblem.field("priority", "a destination list has no such column");
        }
        Map<String, Object> given = Column.read(CHANGED, fields);
        this.<Void>change(list, key, number -> {
            Map<String, Object> values = lockedFor(request, number);
            for (String field : given.keySet()) {
                if (!values.containsKey(field)) {
                    throw ApiProblem.field(
                            field,
                            "table " + list + " has no such column: it gets it when a campaign with a country dials"
                                    + " from it");
                }
            }
            values.putAll(given);
            values.put(VARIABLES, VariablesField.merged((String) values.get(VARIABLES), variables));
            number.update(values);
            number.audit("numbers.change", "campaign " + campaign, told(list, key, given, variables));
            return null;
        });
    }

    /** Without the values: the audit is kept longer than the number. */
    @SafeVarargs
    private static Map<String, Object> told(String list, long key, Map<String, Object>... changed) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("destination_list", list);
        told.put("callout_row", key);
        for (Map<String, Object> fields : changed) {
            fields.keySet().forEach(field -> told.put(field, "changed"));
        }
        return told;
    }

    /** Removes a number from the list, for all campaigns that dial from it, unless a call to it is in progress. */
    public void remove(ApiRequest request, String list, long campaign, long key) throws SQLException {
        this.<Void>change(list, key, number -> {
            lockedFor(request, number);
            if (!number.remove()) {
                throw new ApiProblem(409, "A call to this number is in progress: try again after it");
            }
            number.audit("numbers.remove", "campaign " + campaign, told(list, key));
            return null;
        });
    }
}

package dev.callout.api.numbers;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.VariablesField;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Person;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds numbers of all campaigns, or of one: by the telephone in any spelling, by status and by cause. No index has the
 * spellings of numbers whose telephone is not known, nor statuses and causes. So a request looks at the numbers part by
 * part, in the order of their keys, for a short time, and its answer says where the next one goes on.
 */
public final class NumberSearchApi {

    private static final long LONGEST_NANOS = 120_000_000;
    private static final List<Column> COLUMNS = List.of(Column.of("finished", Column.Kind.FLAG));
    private static final String KEY = "i_campaign_phone";
    private static final String AFTER = "after";
    private static final String CAMPAIGN = "campaign";
    private static final String LIMIT = "limit";

    private final Statements statements;
    private final ListNumbers lists;
    private final CampaignControl control;
    private final RowCountry country;

    /**
     * @param lists   reads the numbers of campaigns with a list
     * @param control finds the campaign
     * @param country returns the country by which numbers are read whose campaign names none
     */
    public NumberSearchApi(
            Statements statements, ListNumbers lists, CampaignControl control, Supplier<Optional<Country>> country) {
        this.statements = statements;
        this.lists = lists;
        this.control = control;
        this.country = new RowCountry(country);
    }

    /** Returns the numbers that were found in a short time, and where the search goes on. */
    public ApiResponse find(ApiRequest request) {
        return Answer.to(request, List.of("number", CAMPAIGN, "status", "cause", AFTER, LIMIT), () -> {
            Person person = country.person(request);
            Map<String, Object> filter = new HashMap<>();
            String campaign = request.query().get(CAMPAIGN);
            filter.put(CAMPAIGN, campaign == null ? null : control.idOf(campaign));
            filter.put("status", request.query().get("status"));
            filter.put("cause", request.query().get("cause"));
            filter.put("digits", person == null ? null : person.lastDigits());
            filter.put("telephone", person == null ? null : person.telephone());
            long after = request.whole(AFTER, 0, 0, Long.MAX_VALUE);
            int limit = (int) request.whole(LIMIT, 100, 1, 1000);
            Map<Long, String> tables = tables((Long) filter.get(CAMPAIGN));
            Search search = new Search(person, filter, limit, after);
            if (after == 0 && person != null) {
                search.byTelephone();
                search.inLists(tables);
            }
            if (person == null && filter.get(CAMPAIGN) != null && !tables.isEmpty()) {
                search.pageOfList(tables.values().iterator().next());
            } else if (filter.get(CAMPAIGN) == null || tables.isEmpty()) {
                search.inParts();
            } else {
                search.next = null;
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "numbers",
                    search.found.stream().map(row -> shown(request, row)).toList());
            answer.put("next", search.next);
            return ApiResponse.json(200, answer);
        });
    }

    /** Returns the tables of campaigns with a destination list, by i_campaign: of one campaign or of all. */
    private Map<Long, String> tables(Long campaign) throws SQLException {
        Map<Long, String> tables = new LinkedHashMap<>();
        for (Map<String, Object> row : statements.query("campaigns-with-lists", Map.of())) {
            long key = ((Number) row.get("i_campaign")).longValue();
            if (campaign == null || campaign == key) {
                tables.put(key, ((String) row.get("destination_list")).strip());
            }
        }
        return tables;
    }

    private static Map<String, Object> shown(ApiRequest request, Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.remove(RowCountry.COLUMN);
        return request.caller().shown(VariablesField.shown(Column.shown(COLUMNS, shown)));
    }

    /** One request. */
    private final class Search {

        /** Null: any number. */
        private final Person person;

        private final Map<String, Object> filter;
        private final int limit;
        private final List<Map<String, Object>> found = new ArrayList<>();
        /** The key after which the next request goes on; null: all were looked at. */
        private Long next;

        private Search(Person person, Map<String, Object> filter, int limit, long after) {
            this.person = person;
            this.filter = filter;
            this.limit = limit;
            this.next = after;
        }

        private void byTelephone() throws SQLException {
            if (person.telephone() != null) {
                add(statements.query("number-search-telephone", filter));
            }
        }

        private void inLists(Map<Long, String> tables) throws SQLException {
            Set<String> forms = new LinkedHashSet<>(person.forms());
            for (Map.Entry<Long, String> table : tables.entrySet()) {
                found.addAll(lists.written(table.getValue(), table.getKey(), forms, person.telephone(), filter));
            }
        }

        private void pageOfList(String table) throws SQLException {
            Map<String, Object> parameters = new HashMap<>(filter);
            parameters.put(AFTER, next);
            parameters.put("cld", null);
            parameters.put(LIMIT, limit);
            found.addAll(lists.page(table, parameters).orElse(List.of()));
            next = found.size() < limit ? null : key(found);
        }

        /** Numbers that were found by their telephone come in addition, or a page full of them would never end. */
        private void inParts() throws SQLException {
            long begun = System.nanoTime();
            int most = found.size() + limit;
            while (next != null && found.size() < most && System.nanoTime() - begun < LONGEST_NANOS) {
                Object end = statements
                        .query("number-search-end", Map.of(AFTER, next))
                        .get(0)
                        .get("last_key");
                if (end == null) {
                    next = null;
                } else {
                    part(((Number) end).longValue(), most - found.size());
                }
            }
        }

        private void part(long end, int most) throws SQLException {
            Map<String, Object> parameters = new HashMap<>(filter);
            parameters.put(AFTER, next);
            parameters.put("upTo", end);
            parameters.put(LIMIT, most);
            List<Map<String, Object>> rows = statements.query("number-search", parameters);
            add(rows);
            next = rows.size() < most ? (Long) end : key(rows);
        }

        private void add(List<Map<String, Object>> rows) {
            rows.stream()
                    .filter(row -> person == null || person.has((String) row.get("cld"), country.of(row)))
                    .forEach(found::add);
        }

        private static long key(List<Map<String, Object>> rows) {
            return ((Number) rows.get(rows.size() - 1).get(KEY)).longValue();
        }
    }
}

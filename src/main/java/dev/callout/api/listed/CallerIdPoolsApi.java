package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.dial.CallerId;
import dev.callout.store.Statements;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Pools of caller IDs, with their caller IDs. */
public final class CallerIdPoolsApi extends ListedApi {

    private static final String CALLER_IDS = "caller_ids";
    private static final int MOST_CALLER_IDS = 10_000;
    private static final Pattern PREFIX = Pattern.compile("\\+?[0-9]{1,15}");

    private static final List<Column> CALLER_ID = List.of(
            Column.text("number", 64),
            Column.whole("weight", 0, 1_000_000),
            Column.of("enabled", Column.Kind.FLAG),
            Column.text("prefix", 16));

    /** @param statements read and write the rows */
    public CallerIdPoolsApi(Statements statements) {
        super(statements, "caller-id-pool", "caller-id-pools", "i_caller_id_pool", List.of(Column.name("name", 64)));
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
        refuseNamesake(session, "caller-id-pool-namesakes", values, "There is a pool of this name already: %s");
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        row.put(
                CALLER_IDS,
                session.query("caller-ids", Map.of("key", row.get("i_caller_id_pool"))).stream()
                        .map(one -> Column.shown(CALLER_ID, one))
                        .toList());
        return row;
    }

    @Override
    Details details(Map<String, Object> object) {
        if (!object.containsKey(CALLER_IDS)) {
            return super.details(object);
        }
        String shape = "a list of " + MOST_CALLER_IDS + " caller IDs at most";
        List<Map<String, Object>> callerIds = removeObjects(object, CALLER_IDS, shape).stream()
                .map(CallerIdPoolsApi::callerId)
                .toList();
        if (callerIds.size() > MOST_CALLER_IDS) {
            throw ApiProblem.field(CALLER_IDS, "must be " + shape);
        }
        return (session, key) -> {
            deleteDetails(session, key);
            for (Map<String, Object> one : callerIds) {
                one.put("key", key);
                session.update("caller-id-insert", one);
            }
        };
    }

    private static Map<String, Object> callerId(Map<String, Object> members) {
        Map<String, Object> one = Column.all(CALLER_ID, Column.read(CALLER_ID, members));
        if (!(one.get("number") instanceof String number) || !CallerId.isOne(number) || CallerId.isWords(number)) {
            throw ApiProblem.field("number", "must be given in every caller ID; " + CallerId.FORM);
        }
        if (one.get("prefix") instanceof String prefix
                && !PREFIX.matcher(prefix).matches()) {
            throw ApiProblem.field("prefix", "must be digits, behind a + where campaigns have a country");
        }
        one.merge("enabled", 1, (set, none) -> set);
        return one;
    }

    @Override
    void deleteDetails(Statements.Session session, long key) {
        session.update("caller-ids-delete", Map.of("key", key));
    }

    @Override
    String kindOfUsers() {
        return "Campaigns or gateways";
    }
}

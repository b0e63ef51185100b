package dev.callout.api.donotcall;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.store.Statements;
import dev.callout.store.donotcall.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list that binds the campaigns that name it.
 *
 * @param key     {@code i_do_not_call_list}
 * @param name    null as long as it is being loaded
 * @param country by which its numbers are read
 */
record FurtherList(long key, String name, Country country) implements Target {

    @Override
    public String page() {
        return "do-not-call-entries";
    }

    @Override
    public String delete() {
        return "do-not-call-entries-delete";
    }

    @Override
    public Map<String, Object> sought(String number, String after, long limit) {
        Map<String, Object> parameters = keys();
        parameters.put("number", number);
        parameters.put("e164", CommonList.e164(number, country));
        parameters.put("after", after);
        parameters.put("limit", limit);
        return parameters;
    }

    private Map<String, Object> keys() {
        Map<String, Object> keys = new HashMap<>();
        keys.put("list", key);
        keys.put("name", name);
        return keys;
    }

    @Override
    public Entry entry(String number) throws UndialableException {
        return Entry.further(number, country);
    }

    @Override
    public void hold(Statements.Session session) {
        boolean isThere = name == null
                ? session.update("do-not-call-list-loading", keys()) > 0
                : !session.query("do-not-call-list-hold", keys()).isEmpty();
        if (!isThere) {
            throw new ApiProblem(409, "The do-not-call list has been replaced or deleted meanwhile: try again");
        }
    }

    @Override
    public void put(Statements.Session session, List<Map<String, Object>> rows) {
        rows.forEach(row -> row.put("list", key));
        session.updateBatch("do-not-call-entries-put", rows);
    }

    @Override
    public Map<String, Object> hungUp(Entry entry) {
        Map<String, Object> parameters = keys();
        parameters.put("dialled", null);
        parameters.put("e164", entry.telephone().e164());
        return parameters;
    }

    @Override
    public String query() {
        return "?list=" + PathSegment.encode(name);
    }
}

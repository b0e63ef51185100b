package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.answer.Faults;
import dev.callout.api.http.ApiRequest;
import java.io.IOException;
import java.util.Map;

/** The values of a new campaign with the settings of another one. */
final class CampaignCopy {

    private static final String NAME = "name";

    private CampaignCopy() {}

    /** Returns the name that a request gives the new campaign; it has no other field. */
    static String name(ApiRequest request) throws IOException {
        Map<String, Object> given = request.object();
        Faults faults = new Faults();
        given.keySet().stream()
                .filter(field -> !field.equals(NAME))
                .forEach(field -> faults.add(field, "there is no such field that can be set"));
        CampaignName.problem(given.get(NAME)).ifPresent(problem -> faults.add(NAME, problem));
        faults.refuse();
        return (String) given.get(NAME);
    }

    /** Returns the columns, passwords included. The new campaign is paused, and no emergency: whoever wants one says so. */
    static Map<String, Object> of(Map<String, Object> row, String name) {
        Map<String, Object> values = Column.all(CampaignsApi.COLUMNS, row);
        values.put(NAME, name);
        values.put("paused", 1);
        values.put("emergency", null);
        return values;
    }
}

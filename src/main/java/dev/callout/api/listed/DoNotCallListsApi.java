package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.telephone.Country;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Further do-not-call lists, which bind the campaigns that name them. A path names a list by its name. */
public final class DoNotCallListsApi extends ListedApi {

    private static final String KEY = "i_do_not_call_list";

    /** A hundred years. */
    private static final int LONGEST_DAYS = 36_500;

    /** @param statements read and write the rows */
    public DoNotCallListsApi(Statements statements) {
        super(
                statements,
                "do-not-call-list",
                "do-not-call-lists",
                KEY,
                List.of(
                        Column.text("name", 64),
                        Column.text("country", 2),
                        Column.text("source", 255),
                        Column.of("loaded_at", Column.Kind.INSTANT),
                        Column.whole("max_age_days", 1, LONGEST_DAYS)));
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
        String name = (String) values.get("name");
        if (!DoNotCallList.isName(name)) {
            throw ApiProblem.field("name", "must be " + DoNotCallList.NAMES);
        }
        if (!session.query("do-not-call-list-namesakes", Map.of("name", name, "key", values.getOrDefault("key", 0)))
                .isEmpty()) {
            throw new ApiProblem(409, "There is a do-not-call list of this name already");
        }
        values.computeIfPresent(
                "country", (column, code) -> country((String) code).iso());
    }

    private static Country country(String code) {
        try {
            return Country.of(code);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.field("country", e.getMessage());
        }
    }

    @Override
    long key(ApiRequest request) throws SQLException {
        return statements.query("do-not-call-list-key", Map.of("name", request.path("name"))).stream()
                .map(row -> ((Number) row.get(KEY)).longValue())
                .findFirst()
                .orElseThrow(() -> ApiProblem.notFound("do-not-call list of this name"));
    }

    @Override
    String segment(Map<String, Object> row) {
        return PathSegment.encode((String) row.get("name"));
    }
}

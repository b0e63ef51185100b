package dev.callout.api.calls;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an agent or a bot says of a call that it has talked in. It may come as soon as the call is dialled, and at any time
 * later, from any node: it is kept by the call's uuid, apart from the attempt, which is written when the call ends.
 */
public final class CallReportsApi {

    private static final String RESULT = "result";
    private static final String NOTE = "note";
    private static final List<Column> COLUMNS = List.of(Column.text(RESULT, 32), Column.text(NOTE, 255));
    private static final Pattern WORD = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final String NO_SUCH = "call of this uuid";

    private final Statements statements;
    private final ListNumbers lists;

    /** @param lists finds calls of numbers that are in lists */
    public CallReportsApi(Statements statements, ListNumbers lists) {
        this.statements = statements;
        this.lists = lists;
    }

    /** Keeps a report. One that the call has already is replaced, and the change stands in the audit. */
    public ApiResponse put(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> values = Column.all(COLUMNS, Column.read(COLUMNS, request.object()));
            if (!(values.get(RESULT) instanceof String result)
                    || !WORD.matcher(result).matches()) {
                throw ApiProblem.field(RESULT, "must be a word of 1 to 32 small letters, digits, _ and -");
            }
            String call = request.path("uuid").toLowerCase(Locale.ROOT);
            long campaign = UUID.matcher(call).matches()
                    ? campaign(call).orElseThrow(() -> ApiProblem.notFound(NO_SUCH))
                    : notFound();
            Map<String, Object> row = new HashMap<>(values);
            row.put("call", call);
            row.put("campaign", campaign);
            row.put("by", request.caller().name());
            return ApiResponse.json(200, statements.<Map<String, Object>, SQLException>inTransaction(session -> {
                List<Map<String, Object>> before = session.query("call-report-lock", row);
                session.update("call-report-put", row);
                if (!before.isEmpty() && !result.equals(before.get(0).get(RESULT))) {
                    // Without notes: they may tell of the callee, and the audit is kept longer.
                    session.audit(
                            "call.report",
                            "campaign " + campaign,
                            Map.of(
                                    "call_uuid",
                                    call,
                                    RESULT,
                                    List.of(before.get(0).get(RESULT), result)));
                }
                return session.query("call-report", row).get(0);
            }));
        });
    }

    private static long notFound() {
        throw ApiProblem.notFound(NO_SUCH);
    }

    private Optional<Long> campaign(String call) throws SQLException {
        Map<String, Object> parameters = Map.of("call", call);
        List<Map<String, Object>> own = statements.query("call-campaign", parameters);
        if (!own.isEmpty()) {
            return Optional.of(number(own.get(0)));
        }
        for (Map<String, Object> list : statements.query("call-lists", Map.of())) {
            Optional<Map<String, Object>> there = lists.call((String) list.get("list"), call);
            if (there.isPresent()) {
                return there.map(CallReportsApi::number);
            }
        }
        return Optional.empty();
    }

    private static long number(Map<String, Object> row) {
        return row.get("i_campaign") instanceof Number number ? number.longValue() : 0;
    }
}

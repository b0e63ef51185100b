package dev.callout.api.testcall;

import dev.callout.api.access.Caller;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.testcall.TestCallRefusedException;
import dev.callout.dialler.testcall.TestCalls;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Test calls: a campaign calls a test number, and whoever asked for it watches step by step. */
public final class TestCallsApi {

    private static final List<Column> COLUMNS = List.of(Column.text("number", 64), Column.text("contact", 64));

    /** The times of a call, in their order. */
    private static final List<String> STEPS = List.of("requested", "dialled", "ringing", "answered", "ended");

    private static final String NO_SUCH = "test call of this id";

    private final TestCalls testCalls;
    private final CampaignControl control;
    private final InstantSource clock;

    /**
     * @param control finds the campaign
     * @param clock   the database's clock
     */
    public TestCallsApi(TestCalls testCalls, CampaignControl control, InstantSource clock) {
        this.testCalls = testCalls;
        this.control = control;
        this.clock = clock;
    }

    /** Begins a test call. The answer has its id, and does not wait for the call. */
    public ApiResponse begin(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> values = Column.all(COLUMNS, Column.read(COLUMNS, request.object()));
            if (!(values.get("number") instanceof String number) || number.isBlank()) {
                throw ApiProblem.field("number", "must be a test number");
            }
            long campaign = control.idOf(request.path("name"));
            try {
                String id = testCalls.begin(campaign, number, (String) values.get("contact"));
                return ApiResponse.json(202, shown(id, request.caller())).header("Location", "/api/test-calls/" + id);
            } catch (TestCallRefusedException e) {
                throw new ApiProblem(e.isUnknown() ? 422 : 409, e.getMessage());
            }
        });
    }

    /** Returns how far a test call has come. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> ApiResponse.json(200, shown(request.path("key"), request.caller())));
    }

    private Map<String, Object> shown(String id, Caller caller) throws SQLException {
        Map<String, Object> row = testCalls.read(id).orElseThrow(() -> ApiProblem.notFound(NO_SUCH));
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.put("state", state(row));
        shown.remove("heard_ms");
        shown.put("heard_sec", heard(row));
        if (!caller.seesNumbers()) {
            // It may hold the number.
            shown.put("reason", null);
        }
        return caller.shown(shown);
    }

    private static String state(Map<String, Object> row) {
        if ("refused".equals(row.get("status"))) {
            return "refused";
        }
        List<String> reached = new ArrayList<>(STEPS);
        reached.removeIf(step -> row.get(step) == null);
        return reached.get(reached.size() - 1);
    }

    /** In seconds. While the call is up, they count from the answer. */
    private BigDecimal heard(Map<String, Object> row) {
        if (row.get("heard_ms") instanceof Number millis) {
            return BigDecimal.valueOf(millis.longValue(), 3);
        }
        if (row.get("answered") == null || row.get("ended") != null) {
            return null;
        }
        Duration up = Duration.between(Instant.parse((String) row.get("answered")), clock.instant());
        return BigDecimal.valueOf(Math.max(0, up.toMillis()), 3);
    }
}

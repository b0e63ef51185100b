package dev.callout.api.stop;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.stop.StopAllControl;
import dev.callout.store.stop.Stop;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stops and resumes everything. */
public final class StopAllApi {

    private static final String HANGUP = "hangup";
    private static final String WHY = "why";

    private static final List<Column> COLUMNS =
            List.of(Column.of(HANGUP, Column.Kind.FLAG), Column.text(WHY, StopAllControl.LONGEST_REASON));

    private final StopAllControl control;

    /** @param control stops and resumes */
    public StopAllApi(StopAllControl control) {
        this.control = control;
    }

    private record State(
            boolean stopped,
            String stoppedAt,
            String stoppedBy,
            String why,
            boolean hangup,
            List<String> notObeyedBy) {}

    /** Returns whether everything is stopped, as the database has it. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> state(control.read()));
    }

    /** Stops everything; also without a body. */
    public ApiResponse stop(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> given = given(request);
            boolean hangUp = Integer.valueOf(1).equals(given.get(HANGUP));
            return state(Optional.of(control.stop((String) given.get(WHY), hangUp)));
        });
    }

    /** The hand that reaches for the red button has no time for a body. */
    private static Map<String, Object> given(ApiRequest request) throws IOException {
        return request.body().available() == 0 ? Map.of() : Column.read(COLUMNS, request.object());
    }

    /** Resumes what ran. */
    public ApiResponse resume(ApiRequest request) {
        return Answer.to(request, () -> {
            control.resume();
            return state(control.read());
        });
    }

    private ApiResponse state(Optional<Stop> stop) throws SQLException {
        return ApiResponse.json(
                200,
                new State(
                        stop.isPresent(),
                        stop.map(Stop::at).map(Object::toString).orElse(null),
                        stop.map(Stop::by).orElse(null),
                        stop.map(Stop::why).orElse(null),
                        stop.map(Stop::hangsUp).orElse(false),
                        control.deaf()));
    }
}

package dev.callout.api.numbers;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes an import of numbers back, as far as nobody has been called yet. */
public final class UndoImportApi {

    private final Statements statements;
    private final CampaignControl control;

    /** @param control is told that the campaign's numbers are others now */
    public UndoImportApi(Statements statements, CampaignControl control) {
        this.statements = statements;
        this.control = control;
    }

    /**
     * Removes the numbers of an import that were never called, and calls none of the others again. It can be repeated:
     * numbers that were in a call are finished then.
     */
    public ApiResponse undo(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = request.key("import of this i_import");
            Map<String, Object> found = statements.query("import-undo-find", Map.of("key", key)).stream()
                    .findFirst()
                    .orElseThrow(() -> ApiProblem.notFound("import of this i_import"));
            if (!(found.get("i_campaign") instanceof Number campaign)) {
                throw new ApiProblem(409, "This import brought entries of a do-not-call list: remove them there");
            }
            Map<String, Object> keys = Map.of("campaign", campaign, "key", key);
            Map<String, Object> range =
                    statements.query("import-undo-range", keys).get(0);
            long removed = each("import-undo-remove", keys, range);
            long withdrawn = each("import-undo-withdraw", keys, range);
            Map<String, Object> rest =
                    statements.query("import-undo-range", keys).get(0);
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("i_import", key);
            told.put("removed", removed);
            told.put("already_called", rest.get("numbers"));
            told.put("withdrawn", withdrawn);
            told.put("in_progress", rest.get("in_progress"));
            statements.<Void, SQLException>inTransaction(session -> {
                session.update("import-undo-keep", Map.of("key", key));
                session.audit("numbers.undo-import", "campaign " + campaign, told);
                return null;
            });
            control.changed(campaign.longValue());
            return ApiResponse.json(200, told);
        });
    }

    private long each(String statement, Map<String, Object> keys, Map<String, Object> range) throws SQLException {
        return Portions.change(range, (after, upTo) -> {
            Map<String, Object> portion = new HashMap<>(keys);
            portion.put("after", after);
            portion.put("upTo", upTo);
            return statements.<Integer, SQLException>inTransaction(session -> session.update(statement, portion));
        });
    }
}

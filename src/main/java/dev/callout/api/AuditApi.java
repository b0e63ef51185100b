package dev.callout.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.Json;
import dev.callout.store.Statements;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who changed what. There is nothing here that changes or deletes an entry. */
public final class AuditApi {

    private static final List<String> FILTERS = List.of("who", "action", "object");

    private final Statements statements;

    /** @param statements read the entries */
    public AuditApi(Statements statements) {
        this.statements = statements;
    }

    /** Returns a page of the entries, the latest first; if requested, only those whose texts begin like the given ones. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit", "who", "action", "object"), () -> {
            long limit = request.whole("limit", 100, 1, 1000);
            long after = request.whole("after", 0, 0, Long.MAX_VALUE);
            Map<String, Object> parameters = new HashMap<>();
            FILTERS.forEach(filter -> parameters.put(filter, request.query().get(filter)));
            parameters.put("after", after == 0 ? null : after);
            parameters.put("limit", limit);
            List<Map<String, Object>> entries = statements.query("audit", parameters).stream()
                    .map(AuditApi::shown)
                    .toList();
            return Page.of("audit", entries, limit, "i_audit");
        });
    }

    private static Map<String, Object> shown(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.computeIfPresent("changes", (name, json) -> {
            try {
                return Json.MAPPER.readTree((String) json);
            } catch (JsonProcessingException e) {
                // Written by somebody else. It is shown as it is.
                return Map.of("text", json);
            }
        });
        return shown;
    }
}

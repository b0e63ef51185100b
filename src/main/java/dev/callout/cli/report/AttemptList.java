package dev.callout.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.SummaryTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Prints attempts, those that ended last first. */
public final class AttemptList {

    private AttemptList() {}

    /**
     * Reads page by page until enough were found, or all were looked at.
     *
     * @param query what they are like, as the API takes it; null values are left out
     * @param limit how many
     */
    public static void print(ApiAccess api, Map<String, String> query, int limit) throws Exception {
        String filter = query.entrySet().stream()
                .filter(one -> Objects.nonNull(one.getValue()))
                .map(one -> "&" + one.getKey() + "=" + ApiAccess.segment(one.getValue()))
                .collect(Collectors.joining());
        List<JsonNode> attempts = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.get("/api/attempts?limit=" + (limit - attempts.size()) + filter + after);
            page.path("attempts").forEach(attempts::add);
            JsonNode next = page.path("next");
            after = next.isTextual() ? "&after=" + ApiAccess.segment(next.asText()) : null;
        } while (after != null && attempts.size() < limit);
        SummaryTable table =
                new SummaryTable("ended", "campaign", "number", "attempt", "status", "cause", "sip", "gateway");
        attempts.forEach(one -> table.row(
                one.path("disconnect_time").asText(""),
                one.path("i_campaign").asLong(),
                one.path("number").asText(""),
                one.path("attempt").asLong(),
                one.path("status").asText(""),
                one.path("hangup_cause").asText(""),
                one.path("sip_status").isNumber() ? one.path("sip_status").asLong() : null,
                one.path("call_gateway").asText("")));
        api.print(attempts, table.toString());
    }
}

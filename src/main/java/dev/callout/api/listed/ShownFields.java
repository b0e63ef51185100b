package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which fields of campaigns an answer shows. */
final class ShownFields {

    /** Fields that are shown but cannot be set. */
    private static final Set<String> READ_ONLY = Set.of(
            "i_campaign",
            "run_started",
            "run_ended",
            "calls_made",
            "state",
            "idle_reason",
            "why_idle",
            "numbers",
            "finished",
            "in_progress",
            "calls_up",
            "talking",
            "ringing",
            "calls_per_minute");

    /** Fields that are read but never shown. */
    static final Set<String> HIDDEN = Set.of(
            "md5secret",
            "prompt_file",
            "prompt_pieces",
            "machine_prompt_file",
            "machine_prompt_pieces",
            "no_agent_file",
            "no_agent_pieces",
            "record_file",
            "record_pieces",
            "menus",
            "has_schedule",
            "schedule_records",
            "lists_there");

    private ShownFields() {}

    /**
     * Returns the fields that a query parameter asks for; null: all.
     *
     * @throws ApiProblem if one of them is no field of a campaign
     */
    static Set<String> of(String query) {
        if (query == null) {
            return null;
        }
        Set<String> fields = Set.copyOf(List.of(query.split(",")));
        Set<String> unknown = new HashSet<>(fields);
        CampaignsApi.COLUMNS.stream().map(Column::name).forEach(unknown::remove);
        unknown.removeAll(READ_ONLY);
        if (!unknown.isEmpty() || fields.stream().anyMatch(HIDDEN::contains)) {
            throw new ApiProblem(400, "Query parameter fields must be fields of a campaign, separated by commas");
        }
        return fields;
    }
}

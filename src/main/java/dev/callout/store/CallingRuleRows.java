package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.rules.RuleBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of {@code sql/calling-rules.sql}. */
public final class CallingRuleRows {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CallingRuleRows() {}

    /** Reads them. One that cannot be read has problems, so that no campaign that names it dials; the others are not affected. */
    public static RuleBook book(List<Map<String, Object>> rows) {
        return new RuleBook(rows.stream().map(CallingRuleRows::entry).toList());
    }

    private static RuleBook.Entry entry(Map<String, Object> columns) {
        Object key = columns.get("i_calling_rule");
        RowValues row = new RowValues(columns, "calling_rules", key);
        String name = row.text("name");
        String appliesTo = row.text("applies_to");
        CallingRule rule = new CallingRule(
                name == null ? "" : name,
                appliesTo == null ? "" : appliesTo.toUpperCase(Locale.ROOT),
                ScheduleColumns.read(row),
                caps(row),
                duration(row.whole("lockout_hours", null), Duration.ofHours(1)),
                duration(row.whole("shortest_ring_sec", null), Duration.ofSeconds(1)),
                row.flag("caller_id_required"),
                row.flag("consent_required"));
        List<String> problems = new ArrayList<>(row.problems());
        rule.problems().forEach(problem -> problems.add("table calling_rules, row " + key + ": " + problem));
        return new RuleBook.Entry(rule, problems);
    }

    private static List<Cap> caps(RowValues row) {
        List<Cap> caps = new ArrayList<>();
        String json = row.text("caps");
        try {
            for (JsonNode cap : MAPPER.readTree(json == null ? "[]" : json)) {
                caps.add(new Cap(
                        cap.path("max_calls").asInt(),
                        Duration.ofHours(cap.path("per_hours").asInt())));
            }
        } catch (JsonProcessingException e) {
            row.problem("i_calling_rule", "its rows of calling_caps cannot be read");
        }
        return caps;
    }

    private static Duration duration(Integer number, Duration unit) {
        return number == null ? null : unit.multipliedBy(number);
    }
}

package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.Cap;
import dev.callout.store.Statements;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calling rules with their caps. Campaigns name them; several rows can have one name. */
public final class CallingRulesApi extends ListedApi {

    private static final String CAPS = "caps";
    private static final String SCHEDULE = "i_schedule";
    private static final int MOST_CAPS = 20;

    private static final List<Column> COLUMNS = List.of(
            Column.text("name", 64),
            Column.text("applies_to", 16),
            Column.lines("description"),
            Column.whole(SCHEDULE, 1, Long.MAX_VALUE),
            Column.whole("lockout_hours", 0, CallingRule.LONGEST_WINDOW.toHours()),
            Column.whole("shortest_ring_sec", 0, CallingRule.LONGEST_RING.toSeconds()),
            Column.of("caller_id_required", Column.Kind.FLAG),
            Column.of("consent_required", Column.Kind.FLAG));
    private static final List<Column> CAP = List.of(
            Column.whole("max_calls", 1, Cap.MOST_CALLS),
            Column.whole("per_hours", 1, CallingRule.LONGEST_WINDOW.toHours()));

    /** @param statements read and write the rows */
    public CallingRulesApi(Statements statements) {
        super(statements, "calling-rule", "calling-rules", "i_calling_rule", COLUMNS);
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
        String name = (String) values.get("name");
        Object given = values.get("applies_to");
        String appliesTo = given == null ? "" : given.toString().strip().toUpperCase(Locale.ROOT);
        values.put("applies_to", appliesTo);
        values.merge("caller_id_required", 0, (set, none) -> set);
        values.merge("consent_required", 0, (set, none) -> set);
        new CallingRule(name, appliesTo, null, List.of(), Duration.ZERO, Duration.ZERO, false, false)
                .problems().stream().findFirst().ifPresent(problem -> {
                    throw ApiProblem.field(problem.startsWith("name") ? "name" : "applies_to", problem);
                });
    }

    /** Locks the schedule, so that nobody deletes it in the meantime. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        Object schedule = given.get(SCHEDULE);
        if (schedule != null
                && session.query("schedule-lock", Map.of("key", schedule)).isEmpty()) {
            throw ApiProblem.field(SCHEDULE, "there is no schedule " + schedule + ": /api/schedules lists them");
        }
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        Map<String, Object> shown = Column.shown(COLUMNS, row);
        shown.put(CAPS, session.query("calling-caps", Map.of("key", row.get("i_calling_rule"))));
        return shown;
    }

    @Override
    Details details(Map<String, Object> object) {
        if (!object.containsKey(CAPS)) {
            return super.details(object);
        }
        String shape = "a list of " + MOST_CAPS + " caps at most, such as {\"max_calls\": 3, \"per_hours\": 24}";
        List<Map<String, Object>> caps = removeObjects(object, CAPS, shape).stream()
                .map(CallingRulesApi::cap)
                .toList();
        if (caps.size() > MOST_CAPS) {
            throw ApiProblem.field(CAPS, "must be " + shape);
        }
        return (session, key) -> {
            deleteDetails(session, key);
            for (Map<String, Object> cap : caps) {
                cap.put("key", key);
                session.update("calling-cap-insert", cap);
            }
        };
    }

    private static Map<String, Object> cap(Map<String, Object> members) {
        Map<String, Object> cap = Column.all(CAP, Column.read(CAP, members));
        cap.forEach((column, value) -> {
            if (value == null) {
                throw ApiProblem.field(column, "must be given in every cap");
            }
        });
        return cap;
    }

    @Override
    void deleteDetails(Statements.Session session, long key) {
        session.update("calling-caps-delete", Map.of("key", key));
    }
}

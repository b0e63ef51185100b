package dev.callout.store.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.store.sql.SqlText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Writes table {@code audit}: who changed what, and from what to what. An entry is written in the transaction of its
 * change, so that there is neither a change without an entry nor an entry without a change. Entries hold no secrets and
 * no variables.
 * <p>
 * For campaigns, table {@code audited_campaigns} holds the settings as they were last audited. What differs from them
 * was changed by somebody who did not ask Callout.
 */
public final class Audit {

    /** Whoever holds a table of the audit is to be seen at once, and does not hold up operators. */
    static final String SOON = "SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 0 FOR\n";

    private static final String INSERT = SOON + SqlText.of("audit/insert");
    private static final String CAMPAIGNS = SqlText.of("audit/campaigns");
    private static final String LOCK = SqlText.of("audit/lock-campaign");
    private static final String ONE = SOON + CAMPAIGNS + "\nWHERE c.i_campaign = :#campaign FOR UPDATE";
    private static final String CHANGED =
            "SELECT i_campaign FROM (\n" + CAMPAIGNS + "\n) AS c WHERE seen IS NULL OR seen <> state";
    private static final String DELETED = SqlText.of("audit/deleted-campaigns");
    private static final String SEEN = SOON + SqlText.of("audit/campaign-seen");
    private static final String KEEP = SOON + SqlText.of("audit/keep-campaign");
    private static final String FORGET = SOON + SqlText.of("audit/forget-campaign");
    private static final String DELETE_OLD = SqlText.of("audit/delete-old");

    /** Fields of which an entry only says that they have changed. */
    private static final Set<String> HIDDEN = Set.of("md5secret", "add_custom_header_value");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Audit() {}

    /** A campaign's settings, as JSON objects. */
    private record State(String name, String now, String seen, boolean runEnded) {}

    /**
     * Writes an entry in the name of who acts on this thread.
     *
     * @param action  what was done, such as {@code do-not-call.remove}
     * @param object  what it was done to, such as {@code schedule 3 office hours}
     * @param changes before and after of each changed field as {@link #changes} returns them, or other figures; empty:
     *                none
     */
    public static void write(NamedParameterJdbcTemplate jdbc, String action, String object, Map<String, ?> changes) {
        write(jdbc, Actor.present(), action, object, changes);
    }

    private static void write(
            NamedParameterJdbcTemplate jdbc, Actor actor, String action, String object, Map<String, ?> changes) {
        Map<String, Object> entry = new HashMap<>();
        entry.put("who", actor.name());
        entry.put("source", actor.source());
        entry.put("action", action);
        entry.put("object", object);
        entry.put("changes", changes.isEmpty() ? null : json(changes));
        jdbc.update(INSERT, entry);
    }

    /** Writes an entry in the name of somebody who did not ask Callout. */
    static void writeUnknown(NamedParameterJdbcTemplate jdbc, String action, String object, Map<String, ?> changes) {
        write(jdbc, Actor.UNKNOWN, action, object, changes);
    }

    /** Returns before and after of the fields that differ between two states. */
    public static Map<String, Map<String, Object>> changes(Map<String, ?> before, Map<String, ?> after) {
        Set<String> fields = new LinkedHashSet<>(before.keySet());
        fields.addAll(after.keySet());
        Map<String, Map<String, Object>> changes = new LinkedHashMap<>();
        for (String field : fields) {
            Object old = before.get(field);
            Object value = after.get(field);
            if (!Objects.equals(old, value)) {
                Map<String, Object> change = new LinkedHashMap<>();
                change.put("before", old);
                change.put("after", value);
                changes.put(field, change);
            }
        }
        return changes;
    }

    /** The change of a campaign, within the transaction of the entry. */
    @FunctionalInterface
    public interface Change<T, E extends Exception> {
        T make() throws E;
    }

    /**
     * Changes a campaign, and writes an entry with what has changed, if the campaign is there. What was changed before
     * without asking Callout gets an entry of its own.
     */
    public static <T, E extends Exception> T campaign(
            NamedParameterJdbcTemplate jdbc, long campaign, String action, Change<T, E> change) throws E {
        settle(jdbc, campaign);
        T result = change.make();
        campaign(jdbc, campaign, action, Actor.present(), true);
        return result;
    }

    /**
     * Writes an entry about a campaign that has just been changed in this transaction.
     *
     * @param always whether also if its settings are the same
     */
    public static void campaignChanged(NamedParameterJdbcTemplate jdbc, long campaign, String action, boolean always) {
        campaign(jdbc, campaign, action, Actor.present(), always);
    }

    /** Writes an entry about what was changed in a campaign without asking Callout, if anything was. */
    public static void settle(NamedParameterJdbcTemplate jdbc, long campaign) {
        campaign(jdbc, campaign, "campaign.change", Actor.UNKNOWN, false);
    }

    private static void campaign(
            NamedParameterJdbcTemplate jdbc, long campaign, String action, Actor actor, boolean always) {
        Map<String, ?> key = Map.of("campaign", campaign);
        jdbc.queryForList(LOCK, key, Long.class);
        State state = jdbc
                .query(
                        ONE,
                        key,
                        (row, n) -> new State(
                                row.getString("name"),
                                row.getString("state"),
                                row.getString("seen"),
                                row.getBoolean("has_ended")))
                .stream()
                .findFirst()
                .orElse(null);
        if (state == null) {
            deleted(jdbc, campaign, actor);
            return;
        }
        boolean isNew = state.seen() == null;
        Map<String, Object> seen = isNew ? Map.of() : map(state.seen());
        Map<String, Map<String, Object>> changes = changes(seen, map(state.now()));
        if (!isNew) {
            // A field that an earlier version did not look at.
            changes.keySet().removeIf(field -> !seen.containsKey(field));
        }
        changes.replaceAll((field, change) -> HIDDEN.contains(field) ? Map.of("hidden", true) : change);
        boolean unknown = actor.equals(Actor.UNKNOWN);
        // Nobody but Callout writes when such a run has ended.
        boolean ended = unknown && changes.keySet().equals(Set.of("paused")) && state.runEnded();
        // Nor why it has paused one.
        boolean paused = unknown && !isNew && changes.keySet().equals(Set.of("paused", "pause_reason"));
        if (always || !changes.isEmpty()) {
            write(
                    jdbc,
                    ended || paused ? Actor.CALLOUT : actor,
                    ended ? "campaign.end" : paused ? "campaign.pause" : unknown && isNew ? "campaign.create" : action,
                    object(campaign, state.name()),
                    changes);
        }
        if (isNew || !state.now().equals(state.seen())) {
            jdbc.update(KEEP, Map.of("campaign", campaign, "state", state.now()));
        }
    }

    private static void deleted(NamedParameterJdbcTemplate jdbc, long campaign, Actor actor) {
        Map<String, ?> key = Map.of("campaign", campaign);
        List<String> seen = jdbc.queryForList(SEEN, key, String.class);
        if (!seen.isEmpty()) {
            Object name = map(seen.get(0)).get("name");
            write(jdbc, actor, "campaign.delete", object(campaign, (String) name), Map.of());
            jdbc.update(FORGET, key);
        }
    }

    /** Returns how an entry names a campaign. */
    private static String object(long campaign, String name) {
        return "campaign " + campaign + (name == null ? "" : " " + name);
    }

    /** Returns the campaigns that were changed without asking Callout. */
    public static List<Long> changed(NamedParameterJdbcTemplate jdbc) {
        List<Long> changed = jdbc.queryForList(CHANGED, Map.of(), Long.class);
        changed.addAll(jdbc.queryForList(DELETED, Map.of(), Long.class));
        return changed;
    }

    /** Deletes entries that are older than so many days, a thousand at most. Returns how many it deleted. */
    public static int deleteOlderThan(NamedParameterJdbcTemplate jdbc, int days) {
        return jdbc.update(DELETE_OLD, Map.of("days", days));
    }

    static Map<String, Object> map(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            // Somebody has edited it. All settings count as changed.
            return Map.of();
        }
    }

    private static String json(Map<String, ?> changes) {
        try {
            return MAPPER.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write changes as JSON", e);
        }
    }
}

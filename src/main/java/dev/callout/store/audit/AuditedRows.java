package dev.callout.store.audit;

import dev.callout.store.sql.SqlText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Audits rows that people also change by SQL: gateways, their groups, and pools with their caller IDs. Table
 * {@code audited_rows} holds each as it was last audited. What differs from that was changed by somebody who did not ask
 * Callout.
 */
public enum AuditedRows {
    /** Table {@code gateways}. */
    GATEWAY,
    /** Table {@code gateway_groups}. */
    GATEWAY_GROUP,
    /** Tables {@code caller_id_pools} and {@code caller_ids}. */
    CALLER_ID_POOL;

    private static final String SEEN = Audit.SOON + SqlText.of("audit/row-seen");
    private static final String KEEP = Audit.SOON + SqlText.of("audit/keep-row");
    private static final String FORGET = Audit.SOON + SqlText.of("audit/forget-row");
    /** A large pool makes a long text, which a smaller limit would cut. */
    private static final String LONG = "SET STATEMENT group_concat_max_len = 16777216 FOR\n";

    private static final String KEY = "key";
    private static final String KIND = "kind";

    private final String kind = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String rows = SqlText.of("audit/" + kind);
    private final String lock = Audit.SOON + SqlText.of("api/" + kind + "-lock");

    /** Returns the kind of that name, such as {@code gateway-group}; null if such rows are not compared. */
    public static AuditedRows of(String kind) {
        for (AuditedRows one : values()) {
            if (one.kind.equals(kind)) {
                return one;
            }
        }
        return null;
    }

    /** Returns the keys of the rows that were changed without asking Callout. */
    public List<Long> changed(NamedParameterJdbcTemplate jdbc) {
        return jdbc.queryForList(
                LONG + "SELECT r.id FROM (\n" + rows
                        + ") AS r LEFT JOIN audited_rows AS a ON a.kind = :#kind AND a.id = r.id"
                        + " WHERE a.state IS NULL OR a.state <> r.state UNION ALL SELECT a.id FROM audited_rows AS a LEFT JOIN (\n"
                        + rows + ") AS r ON r.id = a.id WHERE a.kind = :#kind AND r.id IS NULL",
                parameters(null, null),
                Long.class);
    }

    /** Writes an entry about what was changed in a row without asking Callout, if anything was. */
    public void settle(NamedParameterJdbcTemplate jdbc, long key) {
        jdbc.queryForList(lock, Map.of(KEY, key));
        String now = now(jdbc, key);
        String seen = jdbc.queryForList(SEEN, parameters(key, null), String.class).stream()
                .findFirst()
                .orElse(null);
        if (now == null && seen != null) {
            Audit.writeUnknown(jdbc, kind + ".delete", object(key, Audit.map(seen)), Map.of());
        } else if (now != null && !now.equals(seen)) {
            Map<String, Object> before = seen == null ? Map.of() : Audit.map(seen);
            Map<String, Object> after = Audit.map(now);
            Map<String, Map<String, Object>> changes = Audit.changes(before, after);
            if (seen != null && this != CALLER_ID_POOL) {
                // A column that an earlier version did not look at.
                changes.keySet().removeIf(column -> !before.containsKey(column));
            }
            if (seen == null || !changes.isEmpty()) {
                Audit.writeUnknown(jdbc, kind + (seen == null ? ".create" : ".change"), object(key, after), changes);
            }
        }
        keep(jdbc, key, now);
    }

    /** Keeps a row as it is in this transaction, which has written the entry about its change. */
    public void keep(NamedParameterJdbcTemplate jdbc, long key) {
        keep(jdbc, key, now(jdbc, key));
    }

    private String now(NamedParameterJdbcTemplate jdbc, long key) {
        return jdbc.queryForList(LONG + rows, Map.of(KEY, key)).stream()
                .map(row -> row.get("state").toString())
                .findFirst()
                .orElse(null);
    }

    private void keep(NamedParameterJdbcTemplate jdbc, long key, String now) {
        jdbc.update(now == null ? FORGET : KEEP, parameters(key, now));
    }

    private Map<String, Object> parameters(Long key, String state) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(KIND, kind);
        parameters.put(KEY, key);
        parameters.put("state", state);
        return parameters;
    }

    /** Names the row as an entry about its change through Callout does. */
    private String object(long key, Map<String, Object> row) {
        return kind.replace('-', ' ') + " " + key + (row.get("name") == null ? "" : " " + row.get("name"));
    }
}

package dev.callout.store.numbers;

import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.claim.LineCounts;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The numbers in progress of owners that do not know, or no longer know, what they have claimed: those without a sent
 * mark go back, those with one are calls to be followed. Each method runs in a transaction of its caller.
 */
final class LostCalls {
    private static final String FENCE = SqlText.of("fence");
    private static final String DELETE_EXPIRED_NODE = SqlText.of("delete-expired-node");
    private static final String LOCK_NODE = SqlText.of("lock-node");

    private final String calls;
    private final String releaseUnsent;
    private final String changeOwner;
    private final String ownersWithoutNode;
    private final LineCounts lines;

    /**
     * @param statements maps a file name to the layout's statement
     * @param lines      counts the lines of numbers that go back
     */
    LostCalls(Function<String, String> statements, LineCounts lines) {
        this.calls = statements.apply("lost-calls");
        this.releaseUnsent = statements.apply("release-unsent");
        this.changeOwner = statements.apply("change-owner");
        this.ownersWithoutNode = statements.apply("owners-without-node");
        this.lines = lines;
    }

    /** Its statements of the table. */
    List<String> all() {
        return List.of(calls, releaseUnsent, changeOwner, ownersWithoutNode);
    }

    /** As {@link CalloutTable#ownersWithoutNode}. */
    Set<String> ownersWithoutNode(NamedParameterJdbcTemplate jdbc) {
        return new HashSet<>(jdbc.queryForList(ownersWithoutNode, Map.of(), String.class));
    }

    /** As {@link CalloutTable#releaseUnsent}. */
    int releaseUnsent(NamedParameterJdbcTemplate jdbc, String owner) {
        Map<Long, Long> unsent = unsent(of(jdbc, owner));
        int givenBack = jdbc.update(releaseUnsent, Map.of("owner", owner));
        lines.ended(jdbc, owner, unsent);
        return givenBack;
    }

    /** As {@link CalloutTable#takeOver}. */
    TakenOver takeOver(NamedParameterJdbcTemplate jdbc, String lost, Instant expires, String newOwner)
            throws LeaseLostException {
        if (jdbc.queryForList(FENCE, Map.of("owner", newOwner), String.class).isEmpty()) {
            throw new LeaseLostException(newOwner);
        }
        if (expires != null) {
            jdbc.update(DELETE_EXPIRED_NODE, Map.of("lost", lost, "expires", EpochSeconds.of(expires)));
        }
        if (!jdbc.queryForList(LOCK_NODE, Map.of("lost", lost), String.class).isEmpty()) {
            return new TakenOver(0, List.of());
        }
        List<LostCall> found = of(jdbc, lost);
        int givenBack = jdbc.update(releaseUnsent, Map.of("owner", lost));
        jdbc.update(changeOwner, Map.of("lost", lost, "newOwner", newOwner));
        lines.ended(jdbc, newOwner, unsent(found));
        return new TakenOver(givenBack, found.stream().filter(LostCall::wasSent).toList());
    }

    /** The owner's calls with a sent mark. */
    List<LostCall> sent(NamedParameterJdbcTemplate jdbc, String owner) {
        return of(jdbc, owner).stream().filter(LostCall::wasSent).toList();
    }

    /** The owner's numbers, whose rows stay locked until the transaction ends. */
    private List<LostCall> of(NamedParameterJdbcTemplate jdbc, String owner) {
        return jdbc.query(calls, Map.of("owner", owner), LostCalls::read);
    }

    /** How many of the numbers have no sent mark, by campaign; 0 if all have it. */
    private static Map<Long, Long> unsent(List<LostCall> numbers) {
        return numbers.stream()
                .collect(Collectors.groupingBy(
                        LostCall::campaign, Collectors.summingLong(number -> number.wasSent() ? 0 : 1)));
    }

    private static LostCall read(ResultSet row, int n) throws SQLException {
        String recorded = row.getString("recorded_status");
        return new LostCall(
                row.getLong("i_campaign_phone"),
                row.getLong("i_campaign"),
                row.getString("cld"),
                row.getString("call_uuid"),
                row.getInt("call_count"),
                row.getString("call_switch"),
                row.getString("call_gateway"),
                EpochSeconds.instant(row, "setup_time"),
                EpochSeconds.instant(row, "connect_time"),
                EpochSeconds.instant(row, "expires"),
                recorded == null
                        ? null
                        : new LostCall.Recorded(
                                recorded,
                                row.getString("recorded_cause"),
                                EpochSeconds.instant(row, "recorded_connect"),
                                EpochSeconds.instant(row, "recorded_disconnect"),
                                row.getString("recorded_digits"),
                                row.getString("recorded_answer"),
                                row.getString("recorded_answered_by"),
                                row.getObject("recorded_amd_ms", Long.class)));
    }
}

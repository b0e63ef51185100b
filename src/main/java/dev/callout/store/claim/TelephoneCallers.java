package dev.callout.store.claim;

import dev.callout.campaign.rules.PastCall;
import dev.callout.store.claim.TelephoneStatements.CallOfRow;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.rules.RecentCalls;
import dev.callout.store.rules.SentCalls;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Table {@code telephones}: which number has called each telephone last. The telephone is in a call as long as that
 * number's row has the same call uuid. Claims lock the telephone's row before they look. So whatever ends a call, frees
 * its telephone in the same transaction. The calls before are kept beside: a telephone is in one call at most, so under the
 * lock they are all there are. A telephone that another claim has locked counts as being in a call: no claim
 * waits for another.
 */
final class TelephoneCallers {
    private static final Logger LOG = LoggerFactory.getLogger(TelephoneCallers.class);

    /** How late after its instant a call may be sent, and so how much later than claimed it may end. */
    private static final Duration SENT_LATE = Duration.ofMinutes(1);

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int DUPLICATE_KEY = 1062;

    private static final String LOCK = SqlText.of("telephones/lock");
    private static final String TAKE_KNOWN = SqlText.of("telephones/take-known");
    private static final String TAKE_NEW = SqlText.of("telephones/take-new");
    private static final String ENDED = SqlText.of("telephones/ended");
    private static final String ROWS = ":#in:rows";
    private static final String ONE_ROW = "(:#e164, :#call, :#campaign, :#list, :#row, :#expires, :#recent)";

    private final NamedParameterJdbcTemplate jdbc;
    private final TelephoneStatements statements;
    private final ClaimOrder order;
    private final Map<String, Caller> callers = new HashMap<>();
    /** The calls of each locked telephone that is in no call. */
    private final Map<String, RecentCalls> recent = new HashMap<>();

    /** The number that has called a telephone last. */
    private record Caller(String callUuid, String list, long row, Instant expires, RecentCalls before) {}

    TelephoneCallers(NamedParameterJdbcTemplate jdbc, TelephoneStatements statements, ClaimOrder order) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.order = order;
    }

    /** The statements, for one row each. */
    static List<String> all() {
        return List.of(
                LOCK, TAKE_KNOWN.replace(ROWS, ONE_ROW), TAKE_NEW.replace(ROWS, ONE_ROW), ENDED, SentCalls.STATEMENT);
    }

    /**
     * Locks telephones, except those that others have locked.
     *
     * @param numbers      the numbers that are to call them
     * @param calledBefore rows of those numbers that have called the telephone that they mean. Only they can be the numbers
     *                     that the table names by their keys
     * @return the locked telephones that are in a call. A number that has called its telephone itself is not: it was picked
     */
    Set<String> lock(Map<String, PickedNumber> numbers, Set<Long> calledBefore) {
        callers.clear();
        recent.clear();
        jdbc.query(LOCK, Map.of("telephones", numbers.keySet()), row -> {
            callers.put(row.getString("e164"), caller(row));
        });
        Map<String, Map<String, Caller>> byList = new HashMap<>();
        callers.forEach((telephone, caller) -> {
            if (!caller.list().equals(statements.list())
                    || caller.row() != numbers.get(telephone).row()
                    || !calledBefore.contains(caller.row())) {
                byList.computeIfAbsent(caller.list(), list -> new HashMap<>()).put(telephone, caller);
            }
        });
        Set<String> busy = new HashSet<>();
        Map<String, Caller> gone = new HashMap<>();
        byList.forEach((list, others) -> look(list, others, busy, gone));
        busy.addAll(upWithoutRow(gone));
        callers.forEach((telephone, caller) -> {
            if (!busy.contains(telephone)) {
                recent.put(telephone, caller.before().with(caller.callUuid(), gone.containsKey(telephone)));
            }
        });
        resolve(order.binding().filter(BindingRules::countCalls).isPresent());
        return busy;
    }

    /** Finds out which of the calls were sent. */
    private void resolve(boolean all) {
        Map<String, RecentCalls> unknown = new HashMap<>();
        recent.forEach((telephone, calls) -> {
            if (all || calls.isFull()) {
                unknown.put(telephone, calls);
            }
        });
        if (unknown.isEmpty()) {
            return;
        }
        Map<String, PastCall> sent = SentCalls.of(
                jdbc,
                unknown.values().stream()
                        .flatMap(calls -> calls.unknown().stream())
                        .toList());
        unknown.forEach((telephone, calls) -> recent.put(telephone, calls.resolved(sent)));
    }

    /**
     * The earlier calls to a locked telephone that is in no call, as far as they are known. They are known if the campaign's
     * calling rules count calls.
     */
    List<PastCall> past(String telephone) {
        RecentCalls calls = recent.get(telephone);
        return calls == null ? List.of() : calls.past();
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                row.getString("call_uuid"),
                row.getString("list"),
                row.getLong("i_campaign_phone"),
                EpochSeconds.instant(row, "expires"),
                RecentCalls.of(row.getString("recent")));
    }

    private void look(String list, Map<String, Caller> others, Set<String> busy, Map<String, Caller> gone) {
        Collection<Long> rows = others.values().stream().map(Caller::row).collect(Collectors.toSet());
        Map<Long, CallOfRow> calls = statements.calls().of(jdbc, list, rows).orElse(null);
        if (calls == null) {
            busy.addAll(others.keySet());
            return;
        }
        others.forEach((telephone, caller) -> {
            CallOfRow call = calls.get(caller.row());
            if (call != null && caller.callUuid().equals(call.callUuid())) {
                busy.add(telephone);
            } else if (call == null || !telephone.equals(call.e164())) {
                gone.put(telephone, caller);
            }
        });
    }

    /**
     * Telephones whose numbers were deleted, maybe during the call: the call goes on, and its end is recorded. Their tables
     * may have been made anew, with other numbers under the same keys.
     */
    private Set<String> upWithoutRow(Map<String, Caller> gone) {
        Map<String, String> maybeUp = new HashMap<>();
        gone.forEach((telephone, caller) -> {
            if (caller.expires().isAfter(order.now())) {
                maybeUp.put(caller.callUuid(), telephone);
            }
        });
        if (!maybeUp.isEmpty()) {
            jdbc.queryForList(ENDED, Map.of("calls", maybeUp.keySet()), String.class)
                    .forEach(maybeUp::remove);
        }
        return new HashSet<>(maybeUp.values());
    }

    /**
     * Takes telephones for the calls of these numbers, one of each telephone. Those that are in a call are not among them.
     *
     * @param expires when the last of the calls is over at the latest, if it is sent in time
     * @return the telephones that it could not take, because others have locked them, or have taken them since
     */
    Set<String> take(Collection<PickedNumber> numbers, String uuidPrefix, Instant expires) {
        List<PickedNumber> known = numbers.stream()
                .filter(number -> callers.containsKey(number.e164()))
                .toList();
        if (!known.isEmpty()) {
            jdbc.update(TAKE_KNOWN, Map.of("rows", rows(known, uuidPrefix, expires)));
        }
        List<PickedNumber> fresh = numbers.stream()
                .filter(number -> !callers.containsKey(number.e164()))
                .toList();
        if (fresh.isEmpty() || insert(fresh, uuidPrefix, expires)) {
            return Set.of();
        }
        // Which ones, only each on its own shows.
        return fresh.stream()
                .filter(number -> !insert(List.of(number), uuidPrefix, expires))
                .map(PickedNumber::e164)
                .collect(Collectors.toSet());
    }

    /** Writes all, or none. */
    private boolean insert(List<PickedNumber> numbers, String uuidPrefix, Instant expires) {
        try {
            jdbc.update(TAKE_NEW, Map.of("rows", rows(numbers, uuidPrefix, expires)));
            return true;
        } catch (DataAccessException e) {
            SQLException fault = DatabaseFault.thrownBy(e);
            boolean locked = DatabaseFault.of(fault) == DatabaseFault.LOCKED;
            if (fault.getErrorCode() != DUPLICATE_KEY && !(locked && transactionGoesOn())) {
                throw e;
            }
            LOG.debug("Another claim takes one of {} telephones", numbers.size(), e);
            return false;
        }
    }

    /** Some servers are set so that they roll back the whole transaction if one of its statements meets a lock. */
    private boolean transactionGoesOn() {
        return !jdbc.queryForObject("SELECT @@GLOBAL.innodb_rollback_on_timeout", Map.of(), Boolean.class);
    }

    private List<Object[]> rows(List<PickedNumber> numbers, String uuidPrefix, Instant expires) {
        String utc = UTC.format(expires.plus(SENT_LATE));
        return numbers.stream()
                .map(number -> new Object[] {
                    number.e164(),
                    number.callUuid(uuidPrefix),
                    order.campaign(),
                    statements.list(),
                    number.row(),
                    utc,
                    text(recent.get(number.e164()))
                })
                .toList();
    }

    private String text(RecentCalls calls) {
        return calls == null ? null : calls.text(order.now());
    }
}

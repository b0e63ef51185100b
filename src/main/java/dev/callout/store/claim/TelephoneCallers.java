package dev.callout.store.claim;

import dev.callout.campaign.rules.PastCall;
import dev.callout.store.claim.TelephoneStatements.CallOfRow;
import dev.callout.store.rules.RecentCalls;
import dev.callout.store.rules.SentCalls;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    private static final String TAKE = SqlText.of("telephones/take");
    private static final String WRITE = SqlText.of("telephones/write");
    private static final String DELETE = SqlText.of("telephones/delete-taken");
    private static final String ENDED = SqlText.of("telephones/ended");
    private static final Pattern SLASH = Pattern.compile("/");
    private static final String ROWS = ":#in:rows";
    private static final String ONE_ROW = "(:#e164, :#call, :#campaign, :#list, :#row, :#expires)";
    private static final String ONE_ROW_AND_RECENT = "(:#e164, :#call, :#campaign, :#list, :#row, :#expires, :#recent)";

    private final NamedParameterJdbcTemplate jdbc;
    private final TelephoneStatements statements;
    private final ClaimOrder order;
    /** The telephones that this claim has taken and that are in no other call. */
    private final Map<String, Taken> taken = new HashMap<>();
    /** Taken telephones that turned out to be in a call. */
    private final Map<String, Taken> inCall = new HashMap<>();

    /**
     * A number that calls, or has called, a telephone: the columns of its row.
     *
     * @param recent the calls before; empty: none
     */
    private record Caller(String callUuid, long campaign, String list, long row, String expires, String recent) {

        /** @param previous as {@code telephones/take.sql} writes it */
        static Caller of(String previous, String recent) {
            String[] parts = SLASH.split(previous, -1);
            int last = recent.lastIndexOf(' ');
            return new Caller(
                    parts[0],
                    Long.parseLong(parts[1]),
                    parts[4],
                    Long.parseLong(parts[2]),
                    parts[3],
                    last < 0 ? "" : recent.substring(0, last));
        }

        boolean mayBeUp(Instant now) {
            return UTC.parse(expires, Instant::from).isAfter(now);
        }

        RecentCalls calls(boolean rowGone) {
            return RecentCalls.of(recent).with(callUuid, rowGone);
        }
    }

    /**
     * A telephone that this claim has taken.
     *
     * @param caller the number that calls it
     * @param before the number that has called it last; null: none has
     * @param calls  its earlier calls, if they differ from what was written; null: they do not
     */
    private record Taken(Caller caller, Caller before, RecentCalls calls) {
        Taken with(RecentCalls other) {
            return new Taken(caller, before, other);
        }
    }

    TelephoneCallers(NamedParameterJdbcTemplate jdbc, TelephoneStatements statements, ClaimOrder order) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.order = order;
    }

    /** The statements, for one row each. */
    static List<String> all() {
        return List.of(
                TAKE.replace(ROWS, ONE_ROW),
                WRITE.replace(ROWS, ONE_ROW_AND_RECENT),
                DELETE,
                ENDED,
                SentCalls.STATEMENT);
    }

    /**
     * Takes and locks telephones, except those that others have locked, or that are in a call. A number that has called its
     * telephone itself is in no call: it was picked.
     *
     * @param numbers    the numbers that are to call them, by telephone
     * @param uuidPrefix of the uuids of their calls
     * @param expires    when the last of the calls is over at the latest, if it is sent in time
     */
    void take(Map<String, PickedNumber> numbers, String uuidPrefix, Instant expires) {
        taken.clear();
        inCall.clear();
        insert(List.copyOf(numbers.values()), uuidPrefix, UTC.format(expires.plus(SENT_LATE)));
        Map<String, Map<String, Caller>> byList = new HashMap<>();
        taken.forEach((telephone, its) -> {
            Caller before = its.before();
            if (before != null
                    && !(before.list().equals(statements.list())
                            && before.row() == its.caller().row()
                            && numbers.get(telephone).hasCalled())) {
                byList.computeIfAbsent(before.list(), list -> new HashMap<>()).put(telephone, before);
            }
        });
        Set<String> busy = new HashSet<>();
        Map<String, Caller> gone = new HashMap<>();
        byList.forEach((list, others) -> look(list, others, busy, gone));
        busy.addAll(upWithoutRow(gone));
        busy.forEach(telephone -> inCall.put(telephone, taken.remove(telephone)));
        resolve(numbers, gone.keySet());
    }

    /** Whether a telephone has been taken. */
    boolean has(String telephone) {
        return taken.containsKey(telephone);
    }

    /** Gives back what was taken, except these telephones. */
    void keep(Set<String> telephones) {
        List<Object[]> rows = new ArrayList<>();
        List<String> unknownBefore = new ArrayList<>();
        Map<String, Taken> unused = new HashMap<>(inCall);
        taken.forEach((telephone, its) -> {
            if (!telephones.contains(telephone)) {
                unused.put(telephone, its);
            } else if (its.calls() != null) {
                rows.add(row(telephone, its.caller(), its.calls().text(order.now())));
            }
        });
        unused.forEach((telephone, its) -> {
            if (its.before() == null) {
                unknownBefore.add(telephone);
            } else {
                rows.add(row(telephone, its.before(), its.before().recent()));
            }
        });
        if (!rows.isEmpty()) {
            jdbc.update(WRITE, Map.of("rows", rows));
        }
        if (!unknownBefore.isEmpty()) {
            jdbc.update(DELETE, Map.of("telephones", unknownBefore));
        }
    }

    private static Object[] row(String telephone, Caller caller, Object... more) {
        List<Object> row = new ArrayList<>(List.of(
                telephone, caller.callUuid(), caller.campaign(), caller.list(), caller.row(), caller.expires()));
        row.addAll(List.of(more));
        return row.toArray();
    }

    /**
     * Finds out which of the earlier calls were sent, where that decides whether a number may be called, or too many have not
     * been found out.
     */
    private void resolve(Map<String, PickedNumber> numbers, Set<String> gone) {
        Map<String, RecentCalls> unknown = new HashMap<>();
        taken.replaceAll((telephone, its) -> {
            if (its.before() == null) {
                return its;
            }
            boolean rowGone = gone.contains(telephone);
            RecentCalls calls = its.before().calls(rowGone);
            if (calls.isFull() || isRefusedAfter(calls.atMost(order.now()), numbers.get(telephone))) {
                unknown.put(telephone, calls);
            }
            return rowGone ? its.with(calls) : its;
        });
        if (unknown.isEmpty()) {
            return;
        }
        Map<String, PastCall> sent = SentCalls.of(
                jdbc,
                unknown.values().stream()
                        .flatMap(calls -> calls.unknown().stream())
                        .toList());
        unknown.forEach(
                (telephone, calls) -> taken.put(telephone, taken.get(telephone).with(calls.resolved(sent))));
    }

    private boolean isRefusedAfter(List<PastCall> past, PickedNumber number) {
        return order.binding()
                .filter(binding -> binding.rules().mayCount(past))
                .filter(binding ->
                        !number.ruled().verdict(binding, past, order.now()).allowed())
                .isPresent();
    }

    /**
     * The earlier calls to a taken telephone that the campaign's calling rules may count. None, if the rules allow a call however
     * the earlier ones have ended.
     */
    List<PastCall> past(String telephone) {
        Taken its = taken.get(telephone);
        return its == null || its.calls() == null ? List.of() : its.calls().past();
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
            if (caller.mayBeUp(order.now())) {
                maybeUp.put(caller.callUuid(), telephone);
            }
        });
        if (!maybeUp.isEmpty()) {
            jdbc.queryForList(ENDED, Map.of("calls", maybeUp.keySet()), String.class)
                    .forEach(maybeUp::remove);
        }
        return new HashSet<>(maybeUp.values());
    }

    /** Takes all, or those that others have not locked. Which ones they are, only ever smaller parts show. */
    private void insert(List<PickedNumber> numbers, String uuidPrefix, String expires) {
        Map<String, Caller> callers = new TreeMap<>();
        numbers.forEach(number -> callers.put(
                number.e164(),
                new Caller(
                        number.callUuid(uuidPrefix), order.campaign(), statements.list(), number.row(), expires, "")));
        List<Object[]> rows = new ArrayList<>();
        callers.forEach((telephone, caller) -> rows.add(row(telephone, caller)));
        Map<String, Taken> all = new HashMap<>();
        try {
            jdbc.query(TAKE, Map.of("rows", rows), row -> {
                String telephone = row.getString("e164");
                String previous = row.getString("previous");
                Caller before = previous == null ? null : Caller.of(previous, row.getString("recent"));
                all.put(telephone, new Taken(callers.get(telephone), before, null));
            });
            taken.putAll(all);
        } catch (DataAccessException e) {
            if (DatabaseFault.of(e) != DatabaseFault.LOCKED || !transactionGoesOn()) {
                throw e;
            }
            LOG.debug("Another claim takes one of {} telephones", numbers.size(), e);
            int half = numbers.size() / 2;
            if (half > 0) {
                insert(numbers.subList(0, half), uuidPrefix, expires);
                insert(numbers.subList(half, numbers.size()), uuidPrefix, expires);
            }
        }
    }

    /** Some servers are set so that they roll back the whole transaction if one of its statements meets a lock. */
    private boolean transactionGoesOn() {
        return !jdbc.queryForObject("SELECT @@GLOBAL.innodb_rollback_on_timeout", Map.of(), Boolean.class);
    }
}

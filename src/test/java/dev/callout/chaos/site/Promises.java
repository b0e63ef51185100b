package dev.callout.chaos.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.callout.simulator.ledger.Ledger;
import dev.callout.simulator.ledger.LedgerCall;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is true after a campaign, whatever was done to it. The tables and the switch's ledger show it: no number is in
 * two calls at once; none is called after a success, or after an answer whose call was lost; none has more attempts
 * than allowed, nor sooner than was decided; the cap is never exceeded; every number is finished and none is in
 * progress; and {@code call_attempts} equals the ledger, except for calls that ended while nobody listened.
 */
public final class Promises {

    /** An end this shortly before a fault may not have been committed when the fault struck. */
    private static final Duration UNWRITTEN = Duration.ofSeconds(3);
    /** The largest difference between the end of a call in the ledger and in the table on a busy machine. */
    private static final Duration BETWEEN_CLOCKS = Duration.ofSeconds(1);

    private static final String WRONG_COUNTS =
            "SELECT i_campaign, SUM(claimed - ended) AS counted FROM campaign_lines AS l"
                    + " WHERE list = '' GROUP BY i_campaign HAVING counted <> (SELECT COUNT(*) FROM campaign_phones AS p"
                    + " WHERE p.i_campaign = l.i_campaign AND call_uuid IS NOT NULL)";

    private static final String LOST = "LOST_RESULT";
    private static final double TIME_SCALE = 10;

    private final Site site;
    private final List<LedgerCall> calls;
    private final Ledger ledger;
    private final Map<String, LedgerCall> byUuid;
    private final Map<String, Attempt> attempts;

    /**
     * A row of {@code call_attempts}. answered: whether it has a connect_time. retry: null if its number was finished.
     */
    private record Attempt(
            String uuid,
            String number,
            int attempt,
            String status,
            String cause,
            boolean answered,
            Instant setup,
            Instant disconnect,
            Duration retry) {
        /** The next gateway tried the same attempt at once. */
        boolean followed() {
            return status.equals("next leg");
        }

        boolean lost() {
            return LOST.equals(cause);
        }
    }

    private Promises(Site site) throws SQLException {
        this.site = site;
        this.ledger = site.ledger();
        this.calls = ledger.calls().stream().filter(LedgerCall::accepted).toList();
        this.byUuid = calls.stream().collect(Collectors.toMap(LedgerCall::uuid, call -> call));
        this.attempts = readAttempts(site);
    }

    /** Checks all promises, and prints how many calls there were and how many of them were lost. */
    public static void assertKept(Site site) throws SQLException {
        new Promises(site).check();
    }

    private void check() throws SQLException {
        // A node of an earlier version does not count. What it did is corrected within a scan.
        site.await(
                "counts of lines that are right",
                () -> site.database().column(WRONG_COUNTS).isEmpty());
        List<Attempt> lost = attempts.values().stream().filter(Attempt::lost).toList();
        System.out.printf(
                "%d calls, %d at once at most; calls up at the faults: %s; %d of them lost: %s%n",
                calls.size(),
                ledger.peak(),
                site.faults().stream()
                        .map(fault -> fault.what() + " " + upAt(fault))
                        .toList(),
                lost.size(),
                lost.stream().map(one -> one.number() + "/" + one.attempt()).collect(Collectors.joining(" ")));
        List<String> numbers = site.database()
                .column(
                        "SELECT CONCAT(cld, ' is ', status, ', finished ', finished, ', call ', COALESCE(call_uuid, '-'), ', owner ',"
                                + " COALESCE(owner, '-')) FROM campaign_phones WHERE finished <> 1 OR call_uuid IS NOT NULL OR owner"
                                + " IS NOT NULL OR status NOT IN ('success', 'premature hangup', 'failure')");
        List<String> charged = site.database()
                .column("SELECT CONCAT(cld, ' charged ', call_count) FROM campaign_phones AS p WHERE"
                        + " call_count <> (SELECT COUNT(*) FROM call_attempts AS a WHERE a.i_campaign_phone = p.i_campaign_phone"
                        + " AND a.charged = 1)");
        assertSoftly(softly -> {
            softly.assertThat(numbers)
                    .as("numbers that are not final, or in progress")
                    .isEmpty();
            softly.assertThat(charged)
                    .as("numbers charged otherwise than for each attempt once")
                    .isEmpty();
            softly.assertThat(ledger.overlaps())
                    .as("numbers in two calls at once")
                    .isEmpty();
            softly.assertThat(ledger.peaks("callout_campaign").values())
                    .as("calls at once")
                    .allMatch(peak -> peak <= Site.CAP);
            softly.assertThat(tooOften())
                    .as("numbers called more often than allowed")
                    .isEmpty();
            softly.assertThat(tooSoon())
                    .as("numbers called before the delay that was decided")
                    .isEmpty();
            softly.assertThat(afterTheEnd())
                    .as("calls after a success, or after an answer whose call was lost")
                    .isEmpty();
            softly.assertThat(differences())
                    .as("call_attempts against the ledger")
                    .isEmpty();
            softly.assertThat(heard()).as("lost, but not up at any fault").isEmpty();
        });
        assertThat(calls).as("calls").isNotEmpty();
    }

    private List<String> tooOften() {
        return calls.stream()
                .filter(call -> attempts.get(call.uuid()) == null
                        || !attempts.get(call.uuid()).followed())
                .collect(Collectors.groupingBy(LedgerCall::number, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(one -> one.getValue() > Site.MOST_ATTEMPTS)
                .map(Object::toString)
                .toList();
    }

    /**
     * By the database's clock, and by the switch's if that knows when the call was over. An earlier version, which
     * records no delays, reports ends of calls less exactly.
     */
    private List<String> tooSoon() {
        List<String> wrong = new ArrayList<>();
        attempts.values().stream()
                .collect(Collectors.groupingBy(Attempt::number))
                .values()
                .forEach(ofOneNumber -> {
                    ofOneNumber.sort(Comparator.comparing(Attempt::attempt).thenComparing(Attempt::setup));
                    for (int i = 1; i < ofOneNumber.size(); i++) {
                        Attempt before = ofOneNumber.get(i - 1);
                        Attempt next = ofOneNumber.get(i);
                        if (before.followed() && next.attempt() == before.attempt()) {
                            continue;
                        }
                        LedgerCall over = byUuid.get(before.uuid());
                        LedgerCall again = byUuid.get(next.uuid());
                        Duration retry =
                                before.retry() == null && !site.delaysRecorded() ? Site.BACKOFF : before.retry();
                        if (retry == null
                                || retry.compareTo(Site.FLOOR) < 0
                                || !site.doClocksStep()
                                        && began(next, again)
                                                .isBefore(before.disconnect().plus(retry))
                                || before.retry() != null
                                        && over != null
                                        && again != null
                                        && over.endedBy() != LedgerCall.EndedBy.RESTART
                                        && again.at()
                                                .isBefore(end(over).plus(retry).minus(BETWEEN_CLOCKS))) {
                            wrong.add(next + " after " + before);
                        }
                    }
                });
        return wrong;
    }

    /**
     * The time of an adopted call comes from the switch's clock alone. That clock runs fast, so the call seems to have
     * begun earlier.
     */
    private static Instant began(Attempt attempt, LedgerCall call) {
        return call == null || attempt.setup().isAfter(call.at()) ? attempt.setup() : call.at();
    }

    private List<String> afterTheEnd() {
        List<String> wrong = new ArrayList<>();
        Map<String, Attempt> done = new LinkedHashMap<>();
        for (LedgerCall call : calls) {
            if (done.containsKey(call.number())) {
                wrong.add(call.at() + " " + call.number() + " after " + done.get(call.number()));
            }
            Attempt attempt = attempts.get(call.uuid());
            if (attempt != null && (attempt.status().equals("success") || attempt.lost() && attempt.answered())) {
                done.put(call.number(), attempt);
            }
        }
        return wrong;
    }

    private List<String> differences() {
        List<String> wrong = new ArrayList<>();
        Set<String> dialled = calls.stream().map(LedgerCall::uuid).collect(Collectors.toSet());
        for (LedgerCall call : calls) {
            Attempt attempt = attempts.get(call.uuid());
            if (attempt == null) {
                wrong.add("not in call_attempts: " + call);
            } else if (!attempt.lost()
                    && (!Objects.equals(attempt.cause(), call.cause()) || attempt.answered() != call.answered())) {
                wrong.add(attempt + " was " + call);
            }
        }
        attempts.values().stream()
                .filter(one -> !one.lost() && !dialled.contains(one.uuid()))
                .forEach(one -> wrong.add("not in the ledger: " + one));
        return wrong;
    }

    /**
     * Returns attempts without a result although their call did not end, or was not to begin, while nobody listened.
     */
    private List<String> heard() {
        return attempts.values().stream()
                .filter(Attempt::lost)
                .filter(attempt -> site.faults().stream().noneMatch(fault -> mayLose(fault, attempt)))
                .map(attempt -> attempt + " of " + byUuid.get(attempt.uuid()))
                .toList();
    }

    private boolean mayLose(Fault fault, Attempt attempt) {
        if (fault.calls() != null) {
            return fault.calls().contains(attempt.uuid());
        }
        LedgerCall call = byUuid.get(attempt.uuid());
        return call == null ? meets(fault, attempt.setup(), attempt.setup()) : meets(fault, call.at(), end(call));
    }

    private long upAt(Fault fault) {
        return fault.calls() != null
                ? fault.calls().size()
                : calls.stream()
                        .filter(call -> meets(fault, call.at(), end(call)))
                        .count();
    }

    private static boolean meets(Fault fault, Instant begun, Instant over) {
        return !begun.isAfter(fault.until().plusMillis(100))
                && !over.isBefore(fault.from().minus(UNWRITTEN));
    }

    /** Returns when a call was over. A call that ended with a dying switch was over at the next fault. */
    private Instant end(LedgerCall call) {
        if (call.endedBy() == LedgerCall.EndedBy.RESTART) {
            return site.faults().stream()
                    .map(Fault::until)
                    .filter(until -> until.isAfter(call.at()))
                    .findFirst()
                    .orElse(Instant.MAX);
        }
        return call.at().plusMillis((long) ((call.ringMs() + call.talkMs()) / TIME_SCALE));
    }

    /** Returns null for NULL. */
    private static Duration micros(ResultSet rows, String column) throws SQLException {
        long micros = rows.getLong(column);
        return rows.wasNull() ? null : Duration.of(micros, ChronoUnit.MICROS);
    }

    private static Map<String, Attempt> readAttempts(Site site) throws SQLException {
        List<Attempt> read = new ArrayList<>();
        try (Connection connection = site.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT call_uuid, number, attempt, status, hangup_cause, connect_time,"
                                + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', setup_time) AS setup,"
                                + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', disconnect_time) AS disconnect,"
                                + " retry_sec * 1000000 AS retry FROM call_attempts")) {
            while (rows.next()) {
                Duration retry = micros(rows, "retry");
                read.add(new Attempt(
                        rows.getString("call_uuid"),
                        rows.getString("number"),
                        rows.getInt("attempt"),
                        rows.getString("status"),
                        rows.getString("hangup_cause"),
                        rows.getTimestamp("connect_time") != null,
                        Instant.EPOCH.plus(micros(rows, "setup")),
                        Instant.EPOCH.plus(micros(rows, "disconnect")),
                        retry));
            }
        }
        read.sort(Comparator.comparing(Attempt::uuid));
        return read.stream().collect(Collectors.toMap(Attempt::uuid, one -> one, (a, b) -> a, LinkedHashMap::new));
    }
}

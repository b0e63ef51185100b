package dev.callout.chaos.rules;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.callout.chaos.rules.Scenario.Row;
import dev.callout.chaos.site.Site;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the switch's ledger, and what the tables say of numbers that nobody called, with who may be called. Instants
 * are the database's.
 */
public final class Witness {

    /** From the last look at a number to the receipt of its line, on a busy machine. A change counts after a scan. */
    private static final Duration LATE = Duration.ofSeconds(6);
    /** By how much a node's view of the database's clock can be wrong on a busy machine. */
    private static final Duration CLOCKS = Duration.ofMillis(500);

    private final Scenario scenario;
    private final Judge judge;
    private final Site site;
    private final Duration ahead;

    /** A row of {@code campaign_phones}. notBefore: null: no rule keeps it closed. */
    private record State(boolean finished, boolean inCall, int charged, String cause, Instant notBefore) {}

    /** A row of {@code call_attempts}. */
    private record Attempt(long row, boolean success, boolean talked) {}

    /** A call, and the number that it was made for. */
    private record Call(Row row, LedgerCall line, Instant at) {}

    /** @param ahead how far the database's clock is ahead of this machine's */
    public Witness(Scenario scenario, Site site, Duration ahead) {
        this.scenario = scenario;
        this.judge = new Judge(scenario);
        this.site = site;
        this.ahead = ahead;
    }

    private Instant now() {
        return Instant.now().plus(ahead);
    }

    /** Returns the numbers that may be called, and wait for it. */
    public List<String> waiting() throws SQLException {
        Instant now = now();
        Map<Long, State> states = states();
        Map<String, Attempt> attempts = attempts();
        return scenario.rows.stream()
                .filter(row -> !states.get(row.key()).finished())
                .filter(row -> states.get(row.key()).inCall()
                        || judge.problem(row, now, Instant.MAX).isEmpty() && !isHeldBack(row, attempts.values()))
                .map(row -> row + ": " + states.get(row.key()))
                .toList();
    }

    /** By earlier calls, those included of which nobody knows whether they were made. */
    private boolean isHeldBack(Row row, Iterable<Attempt> attempts) {
        int calls = 0;
        boolean talked = false;
        for (Attempt attempt : attempts) {
            if (callee(attempt).equals(row.callee())) {
                calls++;
                talked |= attempt.talked();
            }
        }
        int made = calls;
        return judge.cap(row).filter(cap -> made >= cap).isPresent()
                || talked && judge.isLockedOutAfterConversations(row);
    }

    private Callee callee(Attempt attempt) {
        return scenario.rows.get((int) attempt.row() - 1).callee();
    }

    /** Checks all. Nothing is in a call any more. */
    public void assertKept() throws SQLException {
        Ledger ledger = site.ledger();
        Map<String, Attempt> attempts = attempts();
        List<Call> calls = calls(ledger, attempts);
        Map<Long, State> states = states();
        System.out.printf(
                "%d calls for %d of %d numbers to %d telephones, %d numbers are kept closed, %d on a list%n",
                calls.size(),
                calls.stream().map(Call::row).distinct().count(),
                scenario.rows.size(),
                calls.stream().map(call -> call.row.callee()).distinct().count(),
                states.values().stream()
                        .filter(state -> state.notBefore != null)
                        .count(),
                scenario.rows.stream()
                        .filter(row -> judge.isListed(row, now(), Instant.MAX))
                        .count());
        Map<String, Callee> byUuid =
                calls.stream().collect(Collectors.toMap(call -> call.line.uuid(), call -> call.row.callee()));
        assertSoftly(softly -> {
            softly.assertThat(calls).as("calls").isNotEmpty();
            softly.assertThat(calls)
                    .as("calls to whom nobody may call")
                    .allMatch(call -> judge.mayHaveBeen(call.row, call.at, LATE, CLOCKS));
            softly.assertThat(tooMany(calls)).as("calls above a cap").isEmpty();
            softly.assertThat(afterConversation(calls, attempts))
                    .as("calls within a lockout")
                    .isEmpty();
            softly.assertThat(afterSuccess(calls, attempts))
                    .as("calls after a number has reached its telephone")
                    .isEmpty();
            softly.assertThat(ledger.peaks(call -> Optional.ofNullable(byUuid.get(call.uuid()))
                            .map(Callee::e164)
                            .orElse(null)))
                    .as("calls to one telephone at once")
                    .allSatisfy((telephone, peak) ->
                            softly.assertThat(peak).as(telephone).isEqualTo(1));
            softly.assertThat(forgotten(states, attempts.values()))
                    .as("numbers that are forgotten")
                    .isEmpty();
        });
    }

    /** Each number that can be meant has another telephone, so the number dialled says for which it is. */
    private List<Call> calls(Ledger ledger, Map<String, Attempt> attempts) {
        Map<String, Row> rows = new HashMap<>();
        scenario.rows.forEach(row -> rows.put(row.campaign().key() + "/" + dialled(row.written()), row));
        return ledger.calls().stream()
                .filter(LedgerCall::accepted)
                .map(line -> new Call(
                        attempts.containsKey(line.uuid())
                                ? scenario.rows.get(
                                        (int) attempts.get(line.uuid()).row() - 1)
                                : rows.get(line.variable("callout_campaign") + "/" + line.number()),
                        line,
                        line.at().plus(ahead)))
                .sorted(Comparator.comparing(Call::at))
                .toList();
    }

    private static String dialled(String written) {
        return written.replaceAll("[^+0-9]", "");
    }

    private List<Call> tooMany(List<Call> calls) {
        Map<Callee, Integer> made = new HashMap<>();
        List<Call> wrong = new ArrayList<>();
        for (Call call : calls) {
            int number = made.merge(call.row.callee(), 1, Integer::sum);
            if (judge.cap(call.row).filter(cap -> number > cap).isPresent()) {
                wrong.add(call);
            }
        }
        return wrong;
    }

    /** An answer that no node has seen before it died is not known. */
    private List<Call> afterConversation(List<Call> calls, Map<String, Attempt> attempts) {
        Set<Callee> talked = new HashSet<>();
        List<Call> wrong = new ArrayList<>();
        for (Call call : calls) {
            if (talked.contains(call.row.callee()) && judge.isLockedOutAfterConversations(call.row)) {
                wrong.add(call);
            }
            Attempt attempt = attempts.get(call.line.uuid());
            if (attempt != null && attempt.talked()) {
                talked.add(call.row.callee());
            }
        }
        return wrong;
    }

    private List<Call> afterSuccess(List<Call> calls, Map<String, Attempt> attempts) {
        Set<String> reached = new HashSet<>();
        List<Call> wrong = new ArrayList<>();
        for (Call call : calls) {
            String row = "row " + call.row.key();
            String telephone = call.row.campaign().key() + " " + call.row.callee();
            if (reached.contains(row) || call.row.campaign().once() && reached.contains(telephone)) {
                wrong.add(call);
            }
            Attempt attempt = attempts.get(call.line.uuid());
            if (attempt != null && attempt.success()) {
                reached.add(row);
                reached.add(telephone);
            }
        }
        return wrong;
    }

    /** Numbers that ended without a call, or that rules open too late. */
    private List<String> forgotten(Map<Long, State> states, Iterable<Attempt> attempts) {
        Instant now = now();
        List<String> wrong = new ArrayList<>();
        for (Row row : scenario.rows) {
            State state = states.get(row.key());
            boolean rightly = state.charged > 0
                    || "DO_NOT_CALL".equals(state.cause) && judge.isListed(row, now.minus(LATE), Instant.MAX)
                    || "DUPLICATE".equals(state.cause) && row.campaign().once();
            if (state.finished && !rightly) {
                wrong.add(row + " is finished: " + state);
            }
            if (state.finished || state.notBefore == null) {
                continue;
            }
            boolean heldBack = isHeldBack(row, attempts);
            if (!heldBack && judge.isOfHours(row, now)) {
                Hours.opening(judge.hours(row), now)
                        .filter(opening -> state.notBefore.isAfter(opening.plusSeconds(1)))
                        .ifPresent(opening -> wrong.add(row + " opens at " + opening + ", but: " + state));
            } else if (heldBack
                    && judge.hours(row).isEmpty()
                    && judge.problem(row, now, Instant.MAX).isEmpty()) {
                Duration longest = Duration.ofHours(judge.isLockedOutAfterConversations(row) ? 24 : 1);
                if (state.notBefore.isAfter(now.plus(longest))) {
                    wrong.add(row + " is closed for too long: " + state);
                }
            }
        }
        return wrong;
    }

    private Map<Long, State> states() throws SQLException {
        Map<Long, State> states = new TreeMap<>();
        query(
                "SELECT i_campaign_phone, finished, call_uuid IS NOT NULL AS in_call, call_count, hangup_cause,"
                        + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', callout_closed) AS closed FROM campaign_phones",
                row -> {
                    long closed = row.getLong("closed");
                    states.put(
                            row.getLong("i_campaign_phone"),
                            new State(
                                    row.getBoolean("finished"),
                                    row.getBoolean("in_call"),
                                    row.getInt("call_count"),
                                    row.getString("hangup_cause"),
                                    closed == 0 ? null : Instant.EPOCH.plus(closed, ChronoUnit.MICROS)));
                });
        return states;
    }

    private Map<String, Attempt> attempts() throws SQLException {
        Map<String, Attempt> attempts = new HashMap<>();
        query(
                "SELECT call_uuid, i_campaign_phone, status, connect_time FROM call_attempts WHERE setup_time IS NOT NULL",
                row -> attempts.put(
                        row.getString("call_uuid"),
                        new Attempt(
                                row.getLong("i_campaign_phone"),
                                row.getString("status").equals("success"),
                                row.getTimestamp("connect_time") != null)));
        return attempts;
    }

    /** What is done with each row. */
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Reader reader) throws SQLException {
        try (Connection connection = site.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}

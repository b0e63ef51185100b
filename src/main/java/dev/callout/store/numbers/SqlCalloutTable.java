package dev.callout.store.numbers;

import dev.callout.store.claim.CampaignLocks;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.ClaimStatements;
import dev.callout.store.claim.ClaimTransaction;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.claim.LineCounts;
import dev.callout.store.claim.TelephoneStatements;
import dev.callout.store.donotcall.OptOuts;
import dev.callout.store.donotcall.UnreadEntriesException;
import dev.callout.store.gateway.DayBills;
import dev.callout.store.gateway.LegChanges;
import dev.callout.store.rules.Opening;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.Rollbacks;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The common part of all layouts of callout table: everything but the texts of the statements. In each layout, the
 * statements have the same parameters and result columns.
 */
abstract class SqlCalloutTable implements CalloutTable {
    /**
     * Statuses wait this long for a lock, since claims hold others' rows for milliseconds only; the server counts in
     * seconds.
     */
    private static final int WAIT_SECONDS = 1;
    /** After a wait in vain, nothing waits for this long, because ends of calls of other tables wait behind it. */
    private static final long LOCKED_NANOS = Duration.ofSeconds(5).toNanos();

    private final Transactions transactions;
    private final LineCounts lines;
    private final ClaimStatements claims;
    private final String markSent;
    private final String sent;
    private final String count;
    private final String endRun;
    private final String giveBack;
    private final String insertOutbox;
    private final String insertAttempts;
    private final String markUncharged;
    private final String writeStatus;
    private final LostCalls lostCalls;
    private final PutOff putOff;
    private final LegChanges legs;
    private final LongSupplier nanoTime;
    private final CampaignLocks locks;
    /** Until when statuses do not wait for locks. */
    private volatile long lockedUntil;

    /**
     * @param list       the list's name; empty: {@code campaign_phones}
     * @param statements maps a file name to the layout's statement
     * @param leftovers  retries that the layout keeps apart
     * @param nanoTime   the monotonic clock in nanoseconds
     */
    SqlCalloutTable(
            DataSource dataSource,
            String list,
            Function<String, String> statements,
            ClaimStatements.Leftovers leftovers,
            LongSupplier nanoTime) {
        this.transactions = new Transactions(dataSource);
        this.nanoTime = nanoTime;
        this.locks = new CampaignLocks(nanoTime);
        this.lockedUntil = nanoTime.getAsLong();
        this.lines = new LineCounts(list, statements);
        this.claims =
                ClaimStatements.of(statements, TelephoneStatements.of(list, statements, CallsOfRows::find), leftovers);
        this.markSent = statements.apply("mark-sent");
        this.sent = statements.apply("sent");
        this.count = statements.apply("count");
        this.endRun = statements.apply("end-run");
        this.giveBack = statements.apply("give-back");
        this.insertOutbox = statements.apply("insert-outbox");
        this.insertAttempts = statements.apply("insert-attempts");
        this.markUncharged = statements.apply("mark-uncharged");
        this.writeStatus = statements.apply("write-status");
        this.lostCalls = new LostCalls(statements, lines);
        this.putOff = new PutOff(statements);
        this.legs = new LegChanges(statements);
    }

    /**
     * The statements by which its numbers are dialled. For a list, without those that only campaigns with a country need:
     * it need not have the columns for them.
     */
    final List<String> statements() {
        List<String> ofCalls = List.of(
                markSent, sent, count, endRun, giveBack, insertOutbox, insertAttempts, markUncharged, writeStatus);
        List<String> ofTelephones = list() == null ? claims.inCountry() : List.of();
        return Stream.of(claims.all(), ofTelephones, lines.all(), ofCalls, lostCalls.all(), putOff.all(), legs.all())
                .flatMap(List::stream)
                .toList();
    }

    final Transactions transactions() {
        return transactions;
    }

    @Override
    public Claim claim(ClaimOrder order) throws SQLException, LeaseLostException {
        return transactions.run(
                Rollbacks.Kind.CLAIM, jdbc -> new ClaimTransaction(jdbc, claims, locks, lines, order).run());
    }

    @Override
    public Set<String> markSent(String owner, List<SentMark> marks) throws SQLException {
        if (marks.isEmpty()) {
            return Set.of();
        }
        try {
            return transactions.run(jdbc -> {
                locks.lock(jdbc, marks.stream().map(SentMark::campaign).collect(Collectors.toSet()));
                List<SentMark> firstLegs =
                        marks.stream().filter(mark -> mark.before() == null).toList();
                Set<String> marked = markFirstLegs(jdbc, owner, firstLegs);
                for (SentMark mark : marks) {
                    if (mark.before() != null && markFurtherLeg(jdbc, owner, mark)) {
                        marked.add(mark.callUuid());
                    }
                }
                // Only after the marks: an entry that is not seen here was not there when they looked.
                UnreadEntriesException.throwIfAny(
                        jdbc,
                        marks.stream()
                                .filter(mark -> mark.e164() != null)
                                .map(SentMark::campaign)
                                .collect(Collectors.toSet()));
                RunCount.add(
                        jdbc,
                        1,
                        firstLegs.stream()
                                .filter(mark -> marked.contains(mark.callUuid()))
                                .map(SentMark::campaign));
                return marked;
            });
        } catch (UnreadEntriesException e) {
            return markSent(
                    owner,
                    marks.stream()
                            .filter(mark -> mark.e164() == null || !e.concerns(mark.campaign()))
                            .toList());
        }
    }

    private Set<String> markFirstLegs(NamedParameterJdbcTemplate jdbc, String owner, List<SentMark> marks) {
        if (marks.isEmpty()) {
            return new HashSet<>();
        }
        Map<String, String> batch = Map.of("owner", owner, "batch", JsonBatch.of(marks, SentMark::members));
        return jdbc.update(markSent, batch) == marks.size()
                ? marks.stream().map(SentMark::callUuid).collect(Collectors.toSet())
                : new HashSet<>(jdbc.queryForList(sent, batch, String.class));
    }

    private boolean markFurtherLeg(NamedParameterJdbcTemplate jdbc, String owner, SentMark mark) {
        return legs.goOn(
                jdbc,
                owner,
                mark.change(),
                JsonBatch.of(List.of(mark), SentMark::members),
                "[" + mark.before().recorded() + "]",
                secondsToWait());
    }

    @Override
    public void undoLeg(String owner, LegChanges.Change change) throws SQLException {
        transactions.run(jdbc -> {
            legs.undo(jdbc, owner, change);
            return change;
        });
    }

    @Override
    public int inProgress(long campaign) throws SQLException {
        return transactions.run(jdbc -> lines.inProgress(jdbc, campaign));
    }

    @Override
    public NumberCounts count(long campaign, Instant now) throws SQLException {
        return transactions
                .run(jdbc -> jdbc.query(
                        count,
                        Map.of("campaign", campaign, "now", EpochSeconds.of(now)),
                        (row, n) -> new NumberCounts(
                                row.getLong("due"),
                                row.getLong("later"),
                                row.getLong("in_progress"),
                                row.getLong("elsewhere"),
                                row.getLong("finished"))))
                .get(0);
    }

    @Override
    public Optional<Opening> firstOpening(long campaign) throws SQLException {
        return transactions
                .run(jdbc -> jdbc.query(
                        claims.telephones().rules().firstOpening(),
                        Map.of("campaign", campaign),
                        (row, n) -> new Opening(EpochSeconds.instant(row, "opening"), row.getString("reason"))))
                .stream()
                .findFirst();
    }

    @Override
    public void giveBack(String owner, List<GivenBack> numbers) throws SQLException {
        if (!numbers.isEmpty()) {
            String batch = JsonBatch.of(numbers, GivenBack::members);
            transactions.run(jdbc -> {
                locks.lock(jdbc, numbers.stream().map(GivenBack::campaign).collect(Collectors.toSet()));
                Map<String, String> parameters = Map.of("owner", owner, "batch", batch);
                Set<String> counted = new HashSet<>(jdbc.queryForList(sent, parameters, String.class));
                RunCount.add(
                        jdbc,
                        -1,
                        numbers.stream()
                                .filter(number -> counted.contains(number.callUuid()))
                                .map(GivenBack::campaign));
                return jdbc.update(giveBack, parameters);
            });
        }
    }

    @Override
    public void write(String batch, boolean outbox) throws SQLException {
        transactions.run(jdbc -> {
            Map<String, Object> parameters = Map.of("batch", batch, "wait", secondsToWait());
            try {
                if (outbox && CalloutTable.someEnded(batch)) {
                    jdbc.update(insertOutbox, parameters);
                }
                jdbc.update(insertAttempts, parameters);
                if (DayBills.someIn(batch)) {
                    DayBills.count(jdbc, parameters);
                }
                if (CalloutTable.someNotCharged(batch)) {
                    jdbc.update(markUncharged, parameters);
                }
                if (OptOuts.someIn(batch)) {
                    OptOuts.write(jdbc, parameters);
                }
                return jdbc.update(writeStatus, parameters);
            } catch (DataAccessException e) {
                notWritten(DatabaseFault.thrownBy(e));
                throw e;
            }
        });
    }

    @Override
    public int secondsToWait() {
        return nanoTime.getAsLong() - lockedUntil >= 0 ? WAIT_SECONDS : 0;
    }

    @Override
    public void notWritten(SQLException fault) {
        // A caller that did not wait has learnt nothing about how long the lock lasts.
        if (DatabaseFault.of(fault) == DatabaseFault.LOCKED && secondsToWait() > 0) {
            lockedUntil = nanoTime.getAsLong() + LOCKED_NANOS;
        }
    }

    /** {@code end-run.sql} of this table. */
    public String endRun() {
        return endRun;
    }

    /** {@code insert-outbox.sql} of this table. */
    public String insertOutbox() {
        return insertOutbox;
    }

    /** {@code insert-attempts.sql} of this table. */
    public String insertAttempts() {
        return insertAttempts;
    }

    /** {@code mark-uncharged.sql} of this table. */
    public String markUncharged() {
        return markUncharged;
    }

    /** {@code write-status.sql} of this table. */
    public String writeStatus() {
        return writeStatus;
    }

    @Override
    public Map<Long, Long> correctLines() throws SQLException {
        return lines.correct(transactions);
    }

    final LineCounts lines() {
        return lines;
    }

    @Override
    public boolean putOff(ClockStep step, Instant now, Instant until) throws SQLException {
        return putOff.next(transactions, step, now, until);
    }

    @Override
    public int releaseUnsent(String owner) throws SQLException {
        return transactions.run(jdbc -> lostCalls.releaseUnsent(jdbc, owner));
    }

    @Override
    public Set<String> ownersWithoutNode() throws SQLException {
        return transactions.run(lostCalls::ownersWithoutNode);
    }

    @Override
    public TakenOver takeOver(String lost, Instant expires, String newOwner) throws SQLException, LeaseLostException {
        return transactions.run(jdbc -> lostCalls.takeOver(jdbc, lost, expires, newOwner));
    }

    @Override
    public List<LostCall> callsOf(String owner) throws SQLException {
        return transactions.run(jdbc -> lostCalls.sent(jdbc, owner));
    }
}

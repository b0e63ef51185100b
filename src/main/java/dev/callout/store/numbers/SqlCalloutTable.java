package dev.callout.store.numbers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all layouts of callout table have in common: everything but the texts of the statements, which have the same parameters
 * and result columns in each.
 */
abstract class SqlCalloutTable implements CalloutTable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlCalloutTable.class);
    private static final SqlText FENCE = SqlText.of("fence");
    private static final SqlText DELETE_EXPIRED_NODE = SqlText.of("delete-expired-node");
    private static final SqlText LOCK_NODE = SqlText.of("lock-node");

    /** Claims lock rows of others for milliseconds, which statuses wait for; the server counts in seconds. */
    private static final int WAIT_SECONDS = 1;
    /** So long nothing waits after it has waited in vain: ends of calls of other tables wait behind it. */
    private static final long LOCKED_NANOS = Duration.ofSeconds(5).toNanos();

    private final Transactions transactions;
    private final ClaimStatements claims;
    private final SqlText markSent;
    private final SqlText sent;
    private final SqlText count;
    private final SqlText endRun;
    private final SqlText giveBack;
    private final SqlText releaseUnsent;
    private final SqlText ownersWithoutNode;
    private final SqlText lostCalls;
    private final SqlText changeOwner;
    private final SqlText insertAttempts;
    private final SqlText markUncharged;
    private final SqlText writeStatus;
    private final PutOff putOff;
    private final LongSupplier nanoTime;
    private final CampaignLocks locks;
    /** Until when statuses wait for no lock. */
    private volatile long lockedUntil;

    /**
     * @param statements the layout's statement of that file name
     * @param leftovers  retries that the layout keeps apart
     * @param nanoTime   the monotonic clock in nanoseconds
     */
    SqlCalloutTable(DataSource dataSource, Function<String, SqlText> statements, ClaimStatements.Leftovers leftovers,
            LongSupplier nanoTime) {
        this.transactions = new Transactions(dataSource);
        this.nanoTime = nanoTime;
        this.locks = new CampaignLocks(nanoTime);
        this.lockedUntil = nanoTime.getAsLong();
        this.claims = ClaimStatements.of(statements, leftovers);
        this.markSent = statements.apply("mark-sent");
        this.sent = statements.apply("sent");
        this.count = statements.apply("count");
        this.endRun = statements.apply("end-run");
        this.giveBack = statements.apply("give-back");
        this.releaseUnsent = statements.apply("release-unsent");
        this.ownersWithoutNode = statements.apply("owners-without-node");
        this.lostCalls = statements.apply("lost-calls");
        this.changeOwner = statements.apply("change-owner");
        this.insertAttempts = statements.apply("insert-attempts");
        this.markUncharged = statements.apply("mark-uncharged");
        this.writeStatus = statements.apply("write-status");
        this.putOff = new PutOff(statements);
    }

    /** The statements by which its numbers are dialled. */
    final List<SqlText> statements() {
        List<SqlText> ofCalls = List.of(markSent, sent, count, endRun, giveBack, releaseUnsent, ownersWithoutNode, lostCalls,
                changeOwner, insertAttempts, markUncharged, writeStatus);
        return Stream.of(claims.all(), ofCalls, putOff.all()).flatMap(List::stream).toList();
    }

    final Transactions transactions() {
        return transactions;
    }

    @Override
    public Claim claim(ClaimOrder order) throws SQLException, LeaseLostException {
        return transactions.run(connection -> new ClaimTransaction(connection, claims, locks, order).run());
    }

    @Override
    public Set<String> markSent(String owner, List<SentMark> marks) throws SQLException {
        if (marks.isEmpty()) {
            return Set.of();
        }
        Map<String, String> batch = Map.of("owner", owner, "batch", JsonBatch.of(marks, SqlCalloutTable::members));
        return transactions.run(connection -> {
            locks.lock(connection, marks.stream().map(SentMark::campaign).collect(Collectors.toSet()));
            Set<String> marked = markSent.update(connection, batch) == marks.size()
                    ? marks.stream().map(SentMark::callUuid).collect(Collectors.toSet())
                    : new HashSet<>(sent.query(connection, batch, row -> row.getString(1)));
            RunCount.add(connection, 1,
                    marks.stream().filter(mark -> marked.contains(mark.callUuid())).map(SentMark::campaign));
            return marked;
        });
    }

    private static Map<String, Object> members(SentMark mark) {
        Map<String, Object> members = new HashMap<>();
        members.put("id", mark.row());
        members.put("call", mark.callUuid());
        members.put("number", mark.number());
        members.put("earlier", mark.earlier());
        members.put("attempt", mark.attempt());
        members.put("sent", EpochSeconds.of(mark.at()));
        members.put("switch", mark.switchName());
        members.put("core", mark.coreUuid());
        members.put("gateway", mark.gateway());
        members.put("expires", EpochSeconds.of(mark.expires()));
        return members;
    }

    @Override
    public int inProgress(long campaign) throws SQLException {
        return transactions.run(connection -> claims.inProgress().query(connection, Map.of("campaign", campaign),
                row -> row.getInt(1))).get(0);
    }

    @Override
    public NumberCounts count(long campaign, Instant now) throws SQLException {
        return transactions.run(connection -> count.query(connection, Map.of("campaign", campaign, "now", EpochSeconds.of(now)),
                row -> new NumberCounts(row.getLong("due"), row.getLong("later"), row.getLong("in_progress"),
                        row.getLong("elsewhere"), row.getLong("finished")))).get(0);
    }

    @Override
    public void giveBack(String owner, List<GivenBack> numbers) throws SQLException {
        if (!numbers.isEmpty()) {
            String batch = JsonBatch.of(numbers, SqlCalloutTable::members);
            transactions.run(connection -> {
                locks.lock(connection, numbers.stream().map(GivenBack::campaign).collect(Collectors.toSet()));
                Map<String, String> parameters = Map.of("owner", owner, "batch", batch);
                Set<String> counted = new HashSet<>(sent.query(connection, parameters, row -> row.getString(1)));
                RunCount.add(connection, -1,
                        numbers.stream().filter(number -> counted.contains(number.callUuid())).map(GivenBack::campaign));
                return giveBack.update(connection, parameters);
            });
        }
    }

    private static Map<String, Object> members(GivenBack number) {
        EarlierState earlier = number.earlier();
        Map<String, Object> members = new HashMap<>();
        members.put("id", number.row());
        members.put("call", number.callUuid());
        members.put("attempt", number.attempt());
        members.put("count", earlier.callCount());
        members.put("status", earlier.status());
        members.put("setup", earlier.setup());
        members.put("connect", earlier.connect());
        members.put("disconnect", earlier.disconnect());
        members.put("expires", earlier.expires());
        members.put("put_off", number.putOff());
        members.put("next_call", EpochSeconds.of(number.nextCall()));
        return members;
    }

    @Override
    public void write(String batch) throws SQLException {
        transactions.run(connection -> {
            Map<String, Object> parameters = Map.of("batch", batch, "wait", secondsToWait());
            try {
                insertAttempts.update(connection, parameters);
                if (CalloutTable.someNotCharged(batch)) {
                    markUncharged.update(connection, parameters);
                }
                return writeStatus.update(connection, parameters);
            } catch (SQLException e) {
                notWritten(e);
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
        // Who did not wait has not learnt how long it lasts.
        if (DatabaseFault.of(fault) == DatabaseFault.LOCKED && secondsToWait() > 0) {
            lockedUntil = nanoTime.getAsLong() + LOCKED_NANOS;
        }
    }

    /** {@code end-run.sql} of this table. */
    public String endRun() {
        return endRun.text();
    }

    /** {@code insert-attempts.sql} of this table. */
    public String insertAttempts() {
        return insertAttempts.text();
    }

    /** {@code mark-uncharged.sql} of this table. */
    public String markUncharged() {
        return markUncharged.text();
    }

    /** {@code write-status.sql} of this table. */
    public String writeStatus() {
        return writeStatus.text();
    }

    @Override
    public int releaseUnsent(String owner) throws SQLException {
        return transactions.run(connection -> releaseUnsent.update(connection, Map.of("owner", owner)));
    }

    @Override
    public boolean putOff(ClockStep step, Instant now, Instant until) throws SQLException {
        try {
            return transactions.run(connection -> putOff.next(connection, step, now, until));
        } catch (SQLException e) {
            if (DatabaseFault.of(e) != DatabaseFault.REFUSED) {
                throw e;
            }
            LOG.error("Table {}: its retries cannot be put off by {} s, so they may come early by as much: {}",
                    step.list().isEmpty() ? "campaign_phones" : step.list(), step.by().toSeconds(), e.getMessage());
            return transactions.run(connection -> PutOff.giveUp(connection, step));
        }
    }

    @Override
    public Set<String> ownersWithoutNode() throws SQLException {
        return new HashSet<>(transactions.run(
                connection -> ownersWithoutNode.query(connection, Map.of(), row -> row.getString(1))));
    }

    @Override
    public TakenOver takeOver(String lost, Instant expires, String newOwner) throws SQLException, LeaseLostException {
        return transactions.run(connection -> {
            if (FENCE.query(connection, Map.of("owner", newOwner), row -> row.getString(1)).isEmpty()) {
                throw new LeaseLostException(newOwner);
            }
            if (expires != null) {
                DELETE_EXPIRED_NODE.update(connection, Map.of("lost", lost, "expires", EpochSeconds.of(expires)));
            }
            if (!LOCK_NODE.query(connection, Map.of("lost", lost), row -> row.getString(1)).isEmpty()) {
                return new TakenOver(0, List.of());
            }
            int givenBack = releaseUnsent.update(connection, Map.of("owner", lost));
            List<LostCall> calls = lostCalls.query(connection, Map.of("owner", lost), SqlCalloutTable::lostCall);
            changeOwner.update(connection, Map.of("lost", lost, "newOwner", newOwner));
            return new TakenOver(givenBack, calls);
        });
    }

    @Override
    public List<LostCall> callsOf(String owner) throws SQLException {
        return transactions.run(connection -> lostCalls.query(connection, Map.of("owner", owner), SqlCalloutTable::lostCall))
                .stream().filter(call -> call.switchName() != null).toList();
    }

    private static LostCall lostCall(ResultSet row) throws SQLException {
        String recorded = row.getString("recorded_status");
        return new LostCall(row.getLong("i_campaign_phone"), row.getLong("i_campaign"), row.getString("cld"),
                row.getString("call_uuid"), row.getInt("call_count"), row.getString("call_switch"), row.getString("core_uuid"),
                row.getString("call_gateway"), EpochSeconds.instant(row, "setup_time"), EpochSeconds.instant(row, "connect_time"),
                EpochSeconds.instant(row, "expires"),
                recorded == null ? null : new LostCall.Recorded(recorded, row.getString("recorded_cause"),
                        EpochSeconds.instant(row, "recorded_connect"), EpochSeconds.instant(row, "recorded_disconnect")));
    }
}

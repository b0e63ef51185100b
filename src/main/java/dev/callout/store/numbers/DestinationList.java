package dev.callout.store.numbers;

import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.claim.RetryTerms;
import dev.callout.store.donotcall.OptOuts;
import dev.callout.store.gateway.LegChanges;
import dev.callout.store.rules.Opening;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table in the layout of mod_dialer: number, lastcall, lastresult, calls, in_use, duration, callerid. Several
 * campaigns may share one.
 *
 * <p>These columns decide, whoever writes them. A number with {@code calls} and {@code in_use} 0 or NULL is fresh. A
 * number with {@code calls} &gt; 0 is finished if the campaign allows no more attempts or {@code lastresult} is
 * {@code success}; otherwise it is due again {@code backoff_sec} after {@code lastcall}. In an endless campaign, a
 * finished number is due again in the same way. {@code in_use} without a call of Callout is another dialler's mark. It
 * counts until {@code lastcall} is so long ago that its call must have ended. The data that Callout keeps beside these
 * columns is invisible (see {@code sql/destination_list/extend.sql}).
 *
 * <p>In an {@link EarlierState}, {@code status} is {@code lastresult} and {@code disconnect} is {@code lastcall}. If
 * the table is dropped or created anew while it is used, its numbers in progress are gone, and only their attempts are
 * written.
 */
public final class DestinationList extends SqlCalloutTable {
    private static final Logger LOG = LoggerFactory.getLogger(DestinationList.class);
    /** No such table, no such column, and no such index. */
    private static final Set<Integer> GONE = Set.of(1146, 1054, 1176);

    private static final String TERMS = SqlText.of("retry-terms");
    private static final String OUTBOX_OF_NO_LIST = SqlText.of("outbox/insert-of-no-list");
    private static final String ATTEMPTS_OF_NO_LIST = SqlText.of("attempts-of-no-list");

    private final ListName name;
    private final LastCalled lastCalled;
    private final String look;

    /**
     * @param  dataSource               the database
     * @param  name                     the table's name
     * @param  longestTalk              the longest talk of a call, another dialler's included
     * @throws IllegalArgumentException if a list cannot have this name; the message is a sentence that says why
     */
    public DestinationList(DataSource dataSource, String name, Duration longestTalk) {
        this(dataSource, name, () -> longestTalk);
    }

    /** The same with a longest talk that may change. */
    public DestinationList(DataSource dataSource, String name, Supplier<Duration> longestTalk) {
        this(dataSource, new ListName(name), longestTalk);
    }

    private DestinationList(DataSource dataSource, ListName name, Supplier<Duration> longestTalk) {
        this(dataSource, name, new LastCalled(name, longestTalk));
    }

    private DestinationList(DataSource dataSource, ListName name, LastCalled lastCalled) {
        super(dataSource, name.toString(), name::statement, lastCalled::pick, System::nanoTime);
        this.name = name;
        this.lastCalled = lastCalled;
        this.look = name.statement("look");
    }

    @Override
    public String list() {
        return name.toString();
    }

    /**
     * The statement that reopens numbers of the list, to be run by a route; see {@code destination_list/reopen.sql}.
     */
    public String reopening() {
        return name.statement("reopen");
    }

    /** The state of the list for a campaign. The cost does not depend on the list's length. */
    public ListState look(long campaign, Instant now) throws SQLException {
        return transactions().run(jdbc -> {
            List<RetryTerms> terms = jdbc.query(TERMS, Map.of("campaign", campaign), RetryTerms.READER);
            if (terms.isEmpty()) {
                return ListState.UNKNOWN;
            }
            // This query comes first: it waits for no lock, and then holds what the others would wait for.
            Map<String, Object> parameters =
                    Map.of("campaign", campaign, "maxAttempts", terms.get(0).maxAttempts());
            ListState own = jdbc.query(look, parameters, (row, n) -> {
                        boolean fresh = row.getBoolean("has_fresh");
                        return new ListState(
                                fresh,
                                fresh
                                        || row.getBoolean("has_waiting")
                                        || row.getBoolean("has_up")
                                        || row.getBoolean("has_closed"),
                                EpochSeconds.instant(row, "next_call"),
                                row.getBoolean("has_in_progress"),
                                row.getBoolean("has_closed"));
                    })
                    .get(0);
            LastCalled.Look left = lastCalled.look(jdbc, terms.get(0), now);
            Instant next =
                    own.nextDue() == null || left.next() != null && left.next().isBefore(own.nextDue())
                            ? left.next()
                            : own.nextDue();
            return new ListState(
                    own.hasDue() || next != null && !next.isAfter(now),
                    own.hasOpen() || left.open(),
                    next,
                    own.hasInProgress(),
                    own.hasClosed());
        });
    }

    @Override
    public Claim claim(ClaimOrder order) throws SQLException, LeaseLostException {
        return unlessGone(
                () -> super.claim(order), new Claim(List.of(), Claim.Limit.NUMBERS, 0, 0, false, order.cursor(), null));
    }

    @Override
    public Set<String> markSent(String owner, List<SentMark> marks) throws SQLException {
        return unlessGone(() -> super.markSent(owner, marks), Set.of());
    }

    @Override
    public int inProgress(long campaign) throws SQLException {
        return unlessGone(() -> super.inProgress(campaign), 0);
    }

    @Override
    public NumberCounts count(long campaign, Instant now) throws SQLException {
        return unlessGone(() -> super.count(campaign, now), new NumberCounts(0, 0, 0, 0, 0));
    }

    @Override
    public Optional<Opening> firstOpening(long campaign) throws SQLException {
        return unlessGone(() -> super.firstOpening(campaign), Optional.empty());
    }

    @Override
    public void giveBack(String owner, List<GivenBack> numbers) throws SQLException {
        unlessGone(
                () -> {
                    super.giveBack(owner, numbers);
                    return numbers;
                },
                numbers);
    }

    @Override
    public void undoLeg(String owner, LegChanges.Change change) throws SQLException {
        unlessGone(
                () -> {
                    super.undoLeg(owner, change);
                    return change;
                },
                change);
    }

    /** If the list is gone, the result of a call is still recorded as an attempt. */
    @Override
    public void write(String batch, boolean outbox) throws SQLException {
        boolean written = unlessGone(
                () -> {
                    super.write(batch, outbox);
                    return true;
                },
                false);
        if (!written) {
            transactions().run(jdbc -> {
                if (outbox && CalloutTable.someEnded(batch)) {
                    jdbc.update(OUTBOX_OF_NO_LIST, Map.of("batch", batch));
                }
                if (OptOuts.someIn(batch)) {
                    OptOuts.write(jdbc, Map.of("batch", batch, "wait", secondsToWait()));
                }
                return jdbc.update(ATTEMPTS_OF_NO_LIST, Map.of("batch", batch));
            });
        }
    }

    @Override
    public int releaseUnsent(String owner) throws SQLException {
        return unlessGone(() -> super.releaseUnsent(owner), 0);
    }

    @Override
    public Set<String> ownersWithoutNode() throws SQLException {
        return unlessGone(super::ownersWithoutNode, Set.of());
    }

    @Override
    public TakenOver takeOver(String lost, Instant expires, String newOwner) throws SQLException, LeaseLostException {
        return unlessGone(() -> super.takeOver(lost, expires, newOwner), new TakenOver(0, List.of()));
    }

    /** If the list is gone, nothing of it is in progress. */
    @Override
    public Map<Long, Long> correctLines() throws SQLException {
        Map<Long, Long> corrected = unlessGone(super::correctLines, null);
        if (corrected == null) {
            lines().forget(transactions());
        }
        return corrected == null ? Map.of() : corrected;
    }

    @Override
    public List<LostCall> callsOf(String owner) throws SQLException {
        return unlessGone(() -> super.callsOf(owner), List.of());
    }

    /** Whether the fault means that a list, or the data that Callout keeps beside its columns, does not exist. */
    public static boolean isGone(Throwable fault) {
        return fault instanceof SQLException e && GONE.contains(e.getErrorCode());
    }

    private <T, E extends Exception> T unlessGone(Statements<T, E> statements, T otherwise) throws SQLException, E {
        try {
            return statements.run();
        } catch (SQLException e) {
            if (!isGone(e)) {
                throw e;
            }
            LOG.debug("List {} has been dropped or made anew: its numbers in progress are gone", name, e);
            return otherwise;
        }
    }

    @FunctionalInterface
    private interface Statements<T, E extends Exception> {
        T run() throws SQLException, E;
    }
}

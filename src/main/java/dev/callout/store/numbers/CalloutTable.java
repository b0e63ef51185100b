package dev.callout.store.numbers;

import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.gateway.LegChanges;
import dev.callout.store.rules.Opening;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of numbers to dial. A number is in progress exactly while its row has a call uuid.
 *
 * <p>Deadlocks, lock wait time-outs and Galera's certification failures are retried inside. A {@link SQLException}
 * means that the statement was not executed, unless it is a {@link DatabaseFault#CUT}. In that case it is unknown
 * whether the statement was committed; the row's call uuid shows it.
 */
public interface CalloutTable {
    /** The destination list that this table is; null: {@code campaign_phones}. */
    String list();

    /**
     * Takes numbers, in one short transaction that the campaign's row serialises over all nodes. The values in that row
     * at that moment decide (paused, max_concurrent_calls, max_attempts, time_between_calls), not what the caller read
     * before.
     *
     * @throws LeaseLostException if the owner has no row in {@code nodes}; nothing was taken
     */
    Claim claim(ClaimOrder order) throws SQLException, LeaseLostException;

    /**
     * Writes the sent mark, with a last check. In one committed statement, it charges the attempts of those numbers
     * that still belong to the owner, whose campaign is not paused, and that are not on the do-not-call list. With the
     * mark of a further leg the end of the leg before is recorded, and the number goes on with the new one.
     *
     * @return the call uuids that may be dialled now; the others must not be dialled
     */
    Set<String> markSent(String owner, List<SentMark> marks) throws SQLException;

    /**
     * Lets a number be in the call before again, because the next leg was not made after all. The end of that call must
     * then be written. Does nothing if the number is not in the next leg. Can be repeated.
     *
     * @param change the change that the mark of the next leg made, or would have made
     */
    void undoLeg(String owner, LegChanges.Change change) throws SQLException;

    /** How many numbers a campaign has in progress on all nodes. */
    int inProgress(long campaign) throws SQLException;

    /**
     * Corrects the counts of the lines that campaigns use by what people have changed in the rows, and lets claims go by
     * these counts.
     *
     * @return by how much each count was corrected, by campaign
     */
    Map<Long, Long> correctLines() throws SQLException;

    /** Counts the numbers of a campaign by state. It reads as many index entries as there are numbers. */
    NumberCounts count(long campaign, Instant now) throws SQLException;

    /** When the first of a campaign's numbers opens that calling rules keep closed; empty: they keep none closed. */
    Optional<Opening> firstOpening(long campaign) throws SQLException;

    /** Gives back numbers that still belong to the owner. No attempt is charged for them. */
    void giveBack(String owner, List<GivenBack> numbers) throws SQLException;

    /**
     * Writes answers and ends of calls that still belong to their owners, and records the attempts of calls that have
     * ended. It does both or neither. So a node that takes a call over either finds its end recorded, or can be sure
     * that nobody else ever records it. Can be repeated.
     *
     * @param batch  a JSON array in the form that {@code write-status.sql} and {@code insert-attempts.sql} of the layout
     *               read
     * @param outbox whether the calls that have ended are put into the outbox, too
     */
    void write(String batch, boolean outbox) throws SQLException;

    /** Whether a batch for {@link #write} contains calls that have ended. */
    static boolean someEnded(String batch) {
        return batch.contains("\"ended\":true");
    }

    /** Whether a batch for {@link #write} contains calls that may go uncharged. Few batches do. */
    static boolean someNotCharged(String batch) {
        return batch.contains("\"if_spent\":{");
    }

    /**
     * How many seconds the writer of a batch may wait for a lock. After a wait in vain, the answer is 0 for a while.
     */
    int secondsToWait();

    /** Notes why a batch could not be written. */
    void notWritten(SQLException fault);

    /**
     * Gives back all numbers of an owner that have no sent mark, for a clean stop. Their status becomes that of the
     * last recorded attempt, or {@code idle}.
     *
     * @return how many
     */
    int releaseUnsent(String owner) throws SQLException;

    /**
     * Owners of numbers in progress that have no row in {@code nodes}, not even an expired one. They remain after a
     * takeover that was cut short between two tables, or after somebody deleted the row.
     */
    Set<String> ownersWithoutNode() throws SQLException;

    /**
     * After a step forward of the database's clock: puts off the retries in the next part of the table. These are the
     * retries that still wait and that Callout wrote by the clock before the step. Each part is done once, however many
     * nodes do it.
     *
     * @param now   the time, by the clock before the step
     * @param until separates what was written before and after the step. If the clock was set forward by more than a
     *              lease, what ended before this instant was certainly written by the clock before the step, and what
     *              ended later certainly was not. If it was set forward by less, some more retries are put off
     * @return whether there may be more to do
     * @throws SQLException if rows are locked by others: nothing was done
     */
    boolean putOff(ClockStep step, Instant now, Instant until) throws SQLException;

    /**
     * Takes over what a lost node had in progress, and deletes its row in {@code nodes}, in one transaction.
     *
     * @param lost     the lost node's incarnation
     * @param expires  the end of its lease as last seen: a node that has renewed it since is alive; null: its row is
     *                 gone
     * @param newOwner the incarnation of the node that takes over
     * @return nothing if the node is alive after all, or if another node was faster
     * @throws LeaseLostException if the new owner itself has no row in {@code nodes}
     */
    TakenOver takeOver(String lost, Instant expires, String newOwner) throws SQLException, LeaseLostException;

    /** The calls that an owner may have made and that, according to the table, have not ended. */
    List<LostCall> callsOf(String owner) throws SQLException;
}

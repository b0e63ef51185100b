package dev.callout.store.numbers;

import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A table of numbers to dial. A number is in progress exactly while its row has a call uuid.
 *
 * <p>Deadlocks, lock wait time-outs and Galera's certification failures are retried inside. A {@link SQLException} means that
 * the statement did not happen, unless it is a {@link DatabaseFault#CUT}: then whether it was committed is unknown, and the
 * row's call uuid tells.
 */
public interface CalloutTable {
    /**
     * Takes numbers, in one short transaction that the campaign's row serialises over all nodes. What stands in that row at
     * that moment decides (paused, max_concurrent_calls, max_attempts, time_between_calls), not what the caller read before.
     *
     * @throws LeaseLostException if the owner has no row in {@code nodes}; nothing was taken
     */
    Claim claim(ClaimOrder order) throws SQLException, LeaseLostException;

    /**
     * The sent mark and the last look: charges the attempts, in one committed statement, of those numbers that are still the
     * owner's, whose campaign is not paused, and which are not on the do-not-call list.
     *
     * @return the call uuids that may be dialled now; the others must not be
     */
    Set<String> markSent(String owner, List<SentMark> marks) throws SQLException;

    /** How many numbers a campaign has in progress on all nodes. */
    int inProgress(long campaign) throws SQLException;

    /** How the numbers stand for a campaign; reads as much of the indexes as there are numbers. */
    NumberCounts count(long campaign, Instant now) throws SQLException;

    /** Gives numbers back that are still the owner's; no attempt is charged for them. */
    void giveBack(String owner, List<GivenBack> numbers) throws SQLException;

    /**
     * Writes answers and ends of calls that are still their owners', and records the attempts of those that have ended: both or
     * neither, so that who takes a call over finds its end recorded, or nobody ever records it. Can be repeated.
     *
     * @param batch a JSON array as {@code write-status.sql} and {@code insert-attempts.sql} of the layout take it
     */
    void write(String batch) throws SQLException;

    /** Whether a batch, as {@link #write} takes it, holds calls that may go uncharged: few batches do. */
    static boolean someNotCharged(String batch) {
        return batch.contains("\"if_spent\":{");
    }

    /** How many seconds who writes a batch may wait for a lock: none for a while after it was waited for in vain. */
    int secondsToWait();

    /** Notes why a batch could not be written. */
    void notWritten(SQLException fault);

    /**
     * Gives back all numbers of an owner that have no sent mark, for a clean stop. Their status becomes that of the last
     * recorded attempt, or {@code idle}.
     *
     * @return how many
     */
    int releaseUnsent(String owner) throws SQLException;

    /**
     * Owners of numbers in progress that have no row in {@code nodes}, not even an expired one: left by a takeover that was cut
     * short between two tables, or by somebody who deleted the row.
     */
    Set<String> ownersWithoutNode() throws SQLException;

    /**
     * Puts retries of the next part of the table off, after a step forward of the database's clock: those that still wait, by
     * what this program wrote by the clock before the step. Done once for each part, however many nodes do it.
     *
     * @param now   the time, by the clock before the step
     * @param until what ended before was certainly, and what ended later certainly not, written by the clock before the step, if
     *              that was set forward by more than a lease; by less, some more are put off
     * @return whether there may be more to do
     * @throws SQLException if rows are locked by others: nothing was done
     */
    boolean putOff(ClockStep step, Instant now, Instant until) throws SQLException;

    /**
     * Takes over what a lost node had in progress, and deletes its row in {@code nodes}, in one transaction.
     *
     * @param lost     the lost node's incarnation
     * @param expires  the end of its lease as it was seen last: who has renewed it since is alive; null: its row is gone
     * @param newOwner the taking node's incarnation
     * @return nothing if the node is alive after all, or another one was faster
     * @throws LeaseLostException if the new owner itself has no row in {@code nodes}
     */
    TakenOver takeOver(String lost, Instant expires, String newOwner) throws SQLException, LeaseLostException;

    /** The calls that an owner may have made and that have not ended by what the table says. */
    List<LostCall> callsOf(String owner) throws SQLException;
}

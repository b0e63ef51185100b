package dev.callout.store.claim;

import java.time.Instant;
import java.util.List;

/**
 * The result of a claim.
 *
 * @param numbers    in the order of their instants
 * @param limit      why there are no more
 * @param inProgress the campaign's numbers in progress on all nodes, these included
 * @param closed     numbers finished by this claim without a call: no attempts left, on the
 *                   do-not-call list, no telephone, or a telephone that another number has reached
 * @param mostClosed whether calling rules have closed so many of the numbers that it gave up before it had enough
 * @param cursor     where the campaign's next claim continues
 * @param nextDial   {@code campaigns.next_dial} as written by this claim; null if it took nothing
 */
public record Claim(
        List<ClaimedNumber> numbers,
        Limit limit,
        int inProgress,
        int closed,
        boolean mostClosed,
        ClaimCursor cursor,
        Instant nextDial) {
    public Claim {
        numbers = List.copyOf(numbers);
    }

    /** Why a claim did not take more. */
    public enum Limit {
        /** {@code max_concurrent_calls} are in progress. */
        LINES,
        /** The next instant is beyond the horizon ({@code time_between_calls}). */
        PACE,
        /** The caller's share is used up. */
        SHARE,
        /** No other number is fresh or due. */
        NUMBERS,
        /** {@code finish_on} calls of the run are made or claimed. */
        RUN,
        /** The campaign is paused, its row is gone, or it was not or is no emergency campaign when it was last read. */
        PAUSED
    }
}

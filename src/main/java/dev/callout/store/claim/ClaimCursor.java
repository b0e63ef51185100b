package dev.callout.store.claim;

import java.time.Instant;

/**
 * How far the claims of one campaign have come. With it, the next claim does not walk again over the index entries that
 * earlier claims left behind. InnoDB cannot remove those entries while any transaction holds an old read view (a dump,
 * for example).
 *
 * <p>Rows behind the cursor are not seen: rows inserted with a smaller priority, given back, or reopened by hand. So
 * start from {@link #START} once in each scan interval.
 *
 * @param due       {@code next_call} of the last due retry claimed; null: none
 * @param dueRow    its row id; {@link Long#MIN_VALUE}: none
 * @param leftover  the last one claimed of those retries that the layout keeps apart; null: none
 * @param sequence  {@code priority}, or the shuffle key, of the last fresh number claimed; {@link Long#MIN_VALUE}: none
 * @param row       row id of the last fresh number claimed; {@link Long#MIN_VALUE}: none
 * @param opened    until when the last number was closed that has been opened; null: none
 * @param dueAgain  when due retries are looked for again, because there were none left; null: at once
 * @param openAgain the same for numbers to be opened
 */
public record ClaimCursor(
        Instant due,
        long dueRow,
        Leftover leftover,
        long sequence,
        long row,
        Instant opened,
        Instant dueAgain,
        Instant openAgain) {
    /** Before the first number. */
    public static final ClaimCursor START = startAfter(null);

    /**
     * A due retry that the layout keeps apart from the others.
     *
     * @param source which of the layout's sources it is from, in the order in which they are asked
     */
    public record Leftover(long source, PickedNumber number) {}

    private static ClaimCursor startAfter(Instant opened) {
        return new ClaimCursor(null, Long.MIN_VALUE, null, Long.MIN_VALUE, Long.MIN_VALUE, opened, null, null);
    }

    /** Whether due retries come before fresh numbers. If not, they are looked for only if there are no fresh numbers. */
    boolean looksForDue(Instant now) {
        return dueAgain == null || !now.isBefore(dueAgain);
    }

    ClaimCursor withDue(PickedNumber last) {
        return new ClaimCursor(
                last.earlier().nextCall(), last.row(), leftover, sequence, row, opened, dueAgain, openAgain);
    }

    ClaimCursor withLeftover(Leftover last) {
        return new ClaimCursor(due, dueRow, last, sequence, row, opened, dueAgain, openAgain);
    }

    ClaimCursor withFresh(PickedNumber last) {
        return new ClaimCursor(due, dueRow, leftover, last.sequence(), last.row(), opened, dueAgain, openAgain);
    }

    /** From the start again, because numbers have been opened, wherever they are in the order. */
    ClaimCursor withOpened(Instant last) {
        return startAfter(last);
    }

    ClaimCursor lookingForDueAt(Instant time) {
        return new ClaimCursor(due, dueRow, leftover, sequence, row, opened, time, openAgain);
    }

    /** Whether numbers are looked for that are to be opened. If not, they are only if there are no other numbers. */
    boolean looksForOpened(Instant now) {
        return openAgain == null || !now.isBefore(openAgain);
    }

    ClaimCursor lookingForOpenedAt(Instant time) {
        return new ClaimCursor(due, dueRow, leftover, sequence, row, opened, dueAgain, time);
    }
}

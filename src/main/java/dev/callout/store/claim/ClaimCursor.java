package dev.callout.store.claim;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * How far the claims of one campaign have come. With it, the next claim does not walk again over the index entries that
 * earlier claims left behind. InnoDB cannot remove those entries while any transaction holds an old read view (a dump,
 * for example).
 *
 * <p>Rows behind the cursor are not seen: rows inserted with a smaller priority, given back, or reopened by hand. So
 * start from {@link #START} once in each scan interval.
 *
 * @param due      {@code next_call} of the last due retry claimed; null: none
 * @param leftover the same for those retries that the layout keeps apart
 * @param sequence {@code priority}, or the shuffle key, of the last fresh number claimed; {@link Long#MIN_VALUE}: none
 * @param row      row id of the last fresh number claimed; {@link Long#MIN_VALUE}: none
 * @param opened   until when the last number was closed that has been opened; null: none
 * @param dueAgain when due retries are looked for again, because there were none left; null: at once
 * @param passed   rows that its calling rules refuse, and that are open for other campaigns of the list
 */
public record ClaimCursor(
        Instant due, Instant leftover, long sequence, long row, Instant opened, Instant dueAgain, Set<Long> passed) {
    /** Before the first number. */
    public static final ClaimCursor START =
            new ClaimCursor(null, null, Long.MIN_VALUE, Long.MIN_VALUE, null, null, Set.of());

    private static final int MOST_PASSED = 1000;

    /** Whether due retries come before fresh numbers. If not, they are looked for only if there are no fresh numbers. */
    boolean looksForDue(Instant now) {
        return dueAgain == null || !now.isBefore(dueAgain);
    }

    ClaimCursor withDue(Instant last) {
        return new ClaimCursor(last, leftover, sequence, row, opened, dueAgain, passed);
    }

    ClaimCursor withLeftover(Instant last) {
        return new ClaimCursor(due, last, sequence, row, opened, dueAgain, passed);
    }

    ClaimCursor withFresh(PickedNumber last) {
        return new ClaimCursor(due, leftover, last.sequence(), last.row(), opened, dueAgain, passed);
    }

    /** From the start again, because numbers have been opened, wherever they are in the order. */
    ClaimCursor withOpened(Instant last) {
        return new ClaimCursor(null, null, Long.MIN_VALUE, Long.MIN_VALUE, last, null, passed);
    }

    ClaimCursor lookingForDueAt(Instant time) {
        return new ClaimCursor(due, leftover, sequence, row, opened, time, passed);
    }

    /** Passes rows by, as far as so many can be remembered. */
    ClaimCursor passing(Set<Long> rows) {
        Set<Long> all = new HashSet<>(passed);
        all.addAll(rows);
        return all.size() > MOST_PASSED || rows.isEmpty()
                ? this
                : new ClaimCursor(due, leftover, sequence, row, opened, dueAgain, Set.copyOf(all));
    }
}

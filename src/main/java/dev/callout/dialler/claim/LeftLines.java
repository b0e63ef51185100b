package dev.callout.dialler.claim;

import java.time.Duration;
import java.time.Instant;

/**
 * What one node has seen of a campaign's free lines beyond its own share. They belong to other nodes. If those leave them for
 * a while, whatever the reason, this node may take them, and keep as many for some time. Then it gives the others
 * another chance.
 *
 * @param since   since when lines have been free without more of them in use by others; null: none is free
 * @param least   how many were free all that time
 * @param others  the most lines that others used meanwhile
 * @param taken   how many this node took meanwhile
 * @param allowed how many lines this node may use, whatever its share; 0: it has its share only
 * @param until   until when it may
 * @param seenAt  when this was seen
 */
record LeftLines(Instant since, int least, int others, int taken, int allowed, Instant until, Instant seenAt) {

    /** How long this node may use lines that others have left, before it offers them again. */
    static final Duration KEPT = Duration.ofSeconds(30);

    static final LeftLines NONE = new LeftLines(null, 0, 0, 0, 0, Instant.MIN, Instant.MIN);

    /** A line is free between two calls for no longer than this, unless it is left: its last call is written, then it is claimed. */
    private static final double SECONDS_BETWEEN_CALLS = 0.1;

    /**
     * What a claim has counted.
     *
     * @param lines how many the campaign has
     * @param own   how many this node uses, those that it has taken included
     * @param inUse how many all nodes use, the same
     * @param taken how many this node has taken
     */
    record Count(int lines, int own, int inUse, int taken) {

        private int free() {
            return lines - inUse;
        }

        private int byOthers() {
            return inUse - own;
        }
    }

    /**
     * Lines have been counted.
     *
     * @param patience how long others may leave lines before this node takes half of them, and again half of the rest at
     *                 its next claim
     */
    LeftLines seen(Count count, Instant now, Duration patience) {
        if (count.free() <= 0) {
            return new LeftLines(null, 0, 0, 0, allowed, until, now);
        }
        boolean offersAgain = allowed > 0 && !now.isBefore(until);
        if (since == null || count.byOthers() > others || offersAgain) {
            return begun(count, now);
        }
        LeftLines longer =
                new LeftLines(since, Math.min(least, count.free()), others, taken + count.taken(), allowed, until, now);
        if (now.isBefore(since.plus(patience))) {
            return longer;
        }
        int left = longer.beyondTurnover(count);
        return left <= 0
                ? begun(count, now)
                : new LeftLines(
                        since, longer.least, others, longer.taken, count.own() + (left + 1) / 2, now.plus(KEPT), now);
    }

    private LeftLines begun(Count count, Instant now) {
        return new LeftLines(now, count.free(), count.byOthers(), 0, allowed(now), until, now);
    }

    /** The lines that were left, less those that are free only between two calls: as many calls end on each line as on our own. */
    private int beyondTurnover(Count count) {
        double seconds = Duration.between(since, seenAt).toNanos() / 1e9;
        double callsOnLine = count.own() == 0 || seconds <= 0 ? 0 : taken / seconds / count.own();
        return (int) (least - count.lines() * callsOnLine * SECONDS_BETWEEN_CALLS);
    }

    /** How many lines this node may use beyond its share, its share included; 0: no more than its share. */
    int allowed(Instant now) {
        return now.isBefore(until) ? allowed : 0;
    }
}

package dev.callout.esl.call;

import java.util.Arrays;

/**
 * How far this machine's clock is ahead of a switch's clock; negative if it is behind. Each event contains the time at
 * which it was sent, and no event arrives before that. So the offset is the smallest difference between an event's
 * arrival and its time in the last 60 s. It is too large by the transit time of the fastest event. Not thread-safe.
 */
final class ClockOffset {

    private static final int SECONDS = 60;
    private static final long SECOND_MS = 1_000;
    /**
     * Many threads stamp events and queue them one after the other, so stamps can be slightly out of order. A clock
     * that was set back is off by more than this.
     */
    private static final long STEP_BACK_MS = 500;

    private static final long NONE = Long.MAX_VALUE;

    /** The smallest difference of each second. */
    private final long[] least = new long[SECONDS];

    private long newestSecond = Long.MIN_VALUE;
    private long newestStamp = Long.MIN_VALUE;
    private long offset = NONE;

    ClockOffset() {
        forget();
    }

    /**
     * Takes in an event.
     *
     * @param  stamp      when it was sent, in epoch milliseconds by the switch's clock; 0 if the event does not say
     * @param  receivedAt when it arrived, in epoch milliseconds by this machine's clock, which never goes back
     * @return            what to add to an instant of the switch's clock, in milliseconds
     */
    long of(long stamp, long receivedAt) {
        if (stamp <= 0) {
            return offset == NONE ? 0 : offset;
        }
        if (stamp < newestStamp - STEP_BACK_MS) {
            // The earlier measurements would make everything that happens next appear too early for a minute.
            forget();
            newestStamp = stamp;
        }
        newestStamp = Math.max(newestStamp, stamp);
        long second = Math.floorDiv(receivedAt, SECOND_MS);
        if (second > newestSecond) {
            goOnTo(second);
        }
        int place = Math.floorMod(second, SECONDS);
        least[place] = Math.min(least[place], receivedAt - stamp);
        offset = Math.min(offset, least[place]);
        return offset;
    }

    private void goOnTo(long second) {
        for (long gone = Math.max(newestSecond + 1, second - SECONDS + 1); gone <= second; gone++) {
            least[Math.floorMod(gone, SECONDS)] = NONE;
        }
        newestSecond = second;
        offset = Arrays.stream(least).min().orElse(NONE);
    }

    /** Starts measuring anew, for example after a restart of the switch. */
    void forget() {
        Arrays.fill(least, NONE);
        newestStamp = Long.MIN_VALUE;
        offset = NONE;
    }
}

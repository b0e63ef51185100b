package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether one gateway of one switch carries calls, judged by the last ones.
 * <p>
 * Failed are those that the network could not carry or that it calls a number that does not exist. When a call fails, the calls
 * begun up to it are looked at in the order in which they were begun: those that still ring speak for the gateway. So numbers
 * that fail at once do not outweigh the others only because their ends come first. A gateway that rests gets one call when its
 * rest is over: fails that one too, the next rest is twice as long, up to five minutes.
 */
final class GatewayHealth {

    /** So many calls are judged together. */
    static final int JUDGED = 20;
    /** So many of them must have failed. */
    static final int MOST = 16;

    static final Duration FIRST_REST = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    /** How long a probe that nothing is heard of keeps others back. */
    private static final Duration PROBE_PATIENCE = Duration.ofMinutes(2);
    private static final int REMEMBERED = 1 << 12;
    private static final int NONE = -1;

    /** Of the last calls, by their number: whether each has failed. */
    private final Map<Long, Boolean> failed = new HashMap<>();
    private long begun;
    private long judgedFrom;
    private Duration rest = Duration.ZERO;
    private Instant until;
    private long probe = NONE;
    private Instant probedAt;

    /** What the end of a call has changed. */
    enum Change {
        NOTHING, RESTS, CARRIES_AGAIN
    }

    /** How many calls it may be given now: 0 while it rests, 1 to probe it, else any number. */
    synchronized int room(Instant now) {
        if (until == null) {
            return Integer.MAX_VALUE;
        }
        boolean probing = probe != NONE && now.isBefore(probedAt.plus(PROBE_PATIENCE));
        return now.isBefore(until) || probing ? 0 : 1;
    }

    /** When its rest is over; null if it has none. */
    synchronized Instant restsUntil() {
        return until;
    }

    /**
     * Notes that a call is to be made.
     *
     * @return the call's number, for the other methods
     */
    synchronized long begin(Instant now) {
        long call = begun++;
        failed.put(call, false);
        failed.remove(call - REMEMBERED);
        if (until != null) {
            probe = call;
            probedAt = now;
        }
        return call;
    }

    /** The call was not made after all. */
    synchronized void withdrawn(long call) {
        if (call == probe) {
            probe = NONE;
        }
    }

    /** The call has ended. */
    synchronized Change ended(long call, boolean hasFailed, Instant now) {
        if (until != null) {
            return call == probe ? judgeProbe(hasFailed, now) : Change.NOTHING;
        }
        if (!hasFailed || failed.replace(call, true) == null) {
            return Change.NOTHING;
        }
        int failures = 0;
        for (long one = Math.max(judgedFrom, call - JUDGED + 1); one <= call; one++) {
            failures += failed.getOrDefault(one, false) ? 1 : 0;
        }
        return failures < MOST ? Change.NOTHING : rest(now, FIRST_REST);
    }

    private Change judgeProbe(boolean hasFailed, Instant now) {
        probe = NONE;
        if (hasFailed) {
            Duration twice = rest.multipliedBy(2);
            return rest(now, twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST);
        }
        until = null;
        judgedFrom = begun;
        return Change.CARRIES_AGAIN;
    }

    private Change rest(Instant now, Duration time) {
        rest = time;
        until = now.plus(time);
        return Change.RESTS;
    }
}

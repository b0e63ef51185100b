package dev.callout.dialler.gateways;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether one switch refuses every call because of load. It is paused or full if it has taken no call between its
 * refusals. A burst of calls that is refused together is not enough, and refusals long ago do not count. Thread-safe.
 */
public final class Refusals {

    /** A switch over its sessions-per-second takes calls again in the next second. */
    static final Duration BURST = Duration.ofSeconds(5);
    /** Longer than the time between two tries at the slowest rate that refusals allow. */
    public static final Duration LONG_BACK = Duration.ofMinutes(1);

    private Instant first;
    private Instant last;
    private boolean all;

    /**
     * Records that the switch has refused a call.
     *
     * @return whether this call is the one that shows that it refuses all calls
     */
    synchronized boolean refused(Instant now) {
        if (!all && (first == null || last.isBefore(now.minus(LONG_BACK)))) {
            first = now;
        }
        last = now;
        boolean before = all;
        all |= !first.isAfter(now.minus(BURST));
        return all && !before;
    }

    /**
     * Records that the switch has taken a call.
     *
     * @return whether it had refused all calls before
     */
    synchronized boolean taken() {
        boolean before = all;
        first = null;
        all = false;
        return before;
    }

    /** Whether the switch refuses all calls, as far as it has recently been tried. */
    synchronized boolean all(Instant now) {
        return all && !last.isBefore(now.minus(LONG_BACK));
    }
}

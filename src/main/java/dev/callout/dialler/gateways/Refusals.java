package dev.callout.dialler.gateways;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether one switch refuses every call for load: it is paused or full, since between its refusals it has taken none. A burst
 * of calls that is refused together is not enough, nor is what lies long back. Thread-safe.
 */
public final class Refusals {

    /** A switch over its sessions-per-second takes calls again in the next second. */
    static final Duration BURST = Duration.ofSeconds(5);
    /** Longer than between two tries at the slowest rate that refusals leave. */
    public static final Duration LONG_BACK = Duration.ofMinutes(1);

    private Instant first;
    private Instant last;
    private boolean all;

    /**
     * Notes that the switch has refused a call.
     *
     * @return whether it has become known just now that it refuses all
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
     * Notes that the switch has taken a call.
     *
     * @return whether it had refused all before
     */
    synchronized boolean taken() {
        boolean before = all;
        first = null;
        all = false;
        return before;
    }

    /** Whether the switch refuses all calls, as far as it has been tried lately. */
    synchronized boolean all(Instant now) {
        return all && !last.isBefore(now.minus(LONG_BACK));
    }
}

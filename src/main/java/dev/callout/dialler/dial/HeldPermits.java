package dev.callout.dialler.dial;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The executor of the throttle. It makes the throttle keep its permits for as long as the calls last.
 * <p>
 * Camel's concurrent throttle schedules a clean-up 10 s after each release. That clean-up forgets all permits of a
 * campaign, including those of calls that are still up (Camel 4.14 to 4.22, {@code ConcurrentRequestsThrottler.clean}).
 * With calls longer than 10 s the cap is then exceeded. The throttle tolerates the rejection of its clean-up, and
 * schedules nothing else here.
 */
public final class HeldPermits extends ScheduledThreadPoolExecutor {

    /** Makes an executor that rejects everything. It never has a thread. */
    public HeldPermits() {
        super(0);
        shutdown();
    }
}

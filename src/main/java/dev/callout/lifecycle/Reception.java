package dev.callout.lifecycle;

import java.time.Duration;

/** Accepts connections for routes that answer requests. */
public interface Reception {

    /**
     * Accepts no further connections. Ends open ones as soon as the requests on them have been answered.
     *
     * @param within how long to wait for that
     * @return whether none is open
     */
    boolean close(Duration within) throws InterruptedException;

    /** Accepts connections again. */
    void open();
}

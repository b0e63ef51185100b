package dev.callout.lifecycle;

import java.time.Duration;

/** What takes in connections for routes that answer requests. */
public interface Reception {

    /**
     * Takes no further connection, and ends those that are open as soon as what was asked on them has been answered.
     *
     * @param within how long to wait for that
     * @return whether none is open
     */
    boolean close(Duration within) throws InterruptedException;

    /** Takes connections again. */
    void open();
}

package dev.callout.store.stop;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Everything is stopped.
 *
 * @param at      since when, by the database's clock
 * @param by      who stopped it, as table {@code audit} names people
 * @param why     the reason that was given; null if none was
 * @param hangsUp whether the calls that are up are ended, too
 */
public record Stop(Instant at, String by, String why, boolean hangsUp) {

    /** Returns since when, by whom and why, in words. */
    @Override
    public String toString() {
        return "everything is stopped since " + at.truncatedTo(ChronoUnit.SECONDS) + " by " + by
                + (why == null ? "" : ": " + why);
    }
}

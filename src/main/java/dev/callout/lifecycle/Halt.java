package dev.callout.lifecycle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * States that a route is not started.
 *
 * @param route its id
 * @param how   suspended or stopped
 * @param since by this machine's clock; null if that is not known, for example for a route that was never started
 */
public record Halt(String route, String how, Instant since) {

    /** The text for an operator: {@code route claim is suspended since 2026-03-01T12:03:04Z}. */
    @Override
    public String toString() {
        return "route " + route + " is " + how
                + (since == null ? "" : " since " + since.truncatedTo(ChronoUnit.SECONDS));
    }
}

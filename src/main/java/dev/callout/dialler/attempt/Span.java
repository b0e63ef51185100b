package dev.callout.dialler.attempt;

import java.time.Duration;
import java.time.Instant;

/**
 * Between when the call can be up.
 *
 * @param start     when it is dialled, by the database's clock: as claimed, then as in the sent mark; null if the
 *                  node that dialled it is lost and has not recorded it
 * @param latestEnd when it has certainly ended, by the database's clock; null as {@code start}
 * @param since     when this was set, by {@link System#nanoTime()}
 * @param sent      whether the sent mark has been committed
 */
public record Span(Instant start, Instant latestEnd, long since, boolean sent) {

    private static final Duration UNKNOWN = Duration.ofDays(366);

    static Span from(Instant start, Instant latestEnd, boolean sent) {
        return new Span(start, latestEnd, System.nanoTime(), sent);
    }

    /** When the call was set up, by the database's clock; null before its sent mark, or as {@code start}. */
    public Instant sentAt() {
        return sent ? start : null;
    }

    /** When the call has certainly ended, by {@link System#nanoTime()}. Steps of the database's clock do not matter. */
    public long over() {
        Duration most = start == null || latestEnd == null ? UNKNOWN : Duration.between(start, latestEnd);
        return since + (most.compareTo(UNKNOWN) < 0 ? most : UNKNOWN).toNanos();
    }
}

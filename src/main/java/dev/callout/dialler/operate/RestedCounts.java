package dev.callout.dialler.operate;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts of campaigns' numbers. Counting costs more the more there are, so a campaign's are counted again only after ten times
 * as long as counting those of all took, a second at least: many who look cost no more than one, and the database counts for
 * them a tenth of the time at most. Thread-safe.
 *
 * @param <T> what counting gives; not null
 */
public final class RestedCounts<T> {

    private static final int REST = 10;
    private static final long LEAST_REST = Duration.ofSeconds(1).toNanos();
    private static final int MOST_KEPT = 10_000;

    private final Counting<T> counting;
    private final LongSupplier nanoTime;
    private final Map<Long, Counted<T>> kept = new ConcurrentHashMap<>();

    /** Counts the numbers of one campaign. */
    @FunctionalInterface
    public interface Counting<T> {
        T count(long campaign) throws SQLException;
    }

    /**
     * @param at   when, by the monotonic clock
     * @param took nanoseconds
     */
    private record Counted<T>(T counts, long at, long took) {}

    public RestedCounts(Counting<T> counting) {
        this(counting, System::nanoTime);
    }

    RestedCounts(Counting<T> counting, LongSupplier nanoTime) {
        this.counting = counting;
        this.nanoTime = nanoTime;
    }

    /** The counts of one campaign, by its {@code i_campaign}, as they were when they were counted last. */
    public T of(long campaign) throws SQLException {
        Counted<T> known = kept.get(campaign);
        long begun = nanoTime.getAsLong();
        if (known == null || begun - known.at() >= rest()) {
            T counts = counting.count(campaign);
            long now = nanoTime.getAsLong();
            known = new Counted<>(counts, now, now - begun);
            if (kept.size() > MOST_KEPT) {
                kept.clear();
            }
            kept.put(campaign, known);
        }
        return known.counts();
    }

    /** The campaign has been changed: what was counted of it no longer holds. */
    public void forget(long campaign) {
        kept.remove(campaign);
    }

    private long rest() {
        return Math.max(
                LEAST_REST,
                REST * kept.values().stream().mapToLong(Counted::took).sum());
    }
}

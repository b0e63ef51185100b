package dev.callout.dialler.operate;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts of the campaigns' numbers. Counting costs more the more numbers there are. So a campaign's numbers are counted
 * again only after ten times the time that counting those of all campaigns took, and after a second at least. Many
 * viewers cost no more than one, and the database spends at most a tenth of its time on counting for them. Thread-safe.
 *
 * @param <T> the result of counting; not null
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
        /** The counts of the campaign with that {@code i_campaign}; not null. */
        T count(long campaign) throws SQLException;
    }

    /**
     * @param at   when they were counted, by the monotonic clock, in nanoseconds
     * @param took how long counting took, in nanoseconds
     */
    private record Counted<T>(T counts, long at, long took) {}

    /** @param counting counts the numbers of one campaign */
    public RestedCounts(Counting<T> counting) {
        this(counting, System::nanoTime);
    }

    RestedCounts(Counting<T> counting, LongSupplier nanoTime) {
        this.counting = counting;
        this.nanoTime = nanoTime;
    }

    /** The counts of one campaign, by its {@code i_campaign}, as they were last counted. */
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

    /** The campaign has been changed, so its last counts are no longer valid. */
    public void forget(long campaign) {
        kept.remove(campaign);
    }

    private long rest() {
        return Math.max(
                LEAST_REST,
                REST * kept.values().stream().mapToLong(Counted::took).sum());
    }
}

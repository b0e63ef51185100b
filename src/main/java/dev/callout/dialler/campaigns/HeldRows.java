package dev.callout.dialler.campaigns;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Campaigns whose rows another connection was found to hold. Each is tried again every second, and no other campaign
 * waits for it. Thread-safe.
 */
public final class HeldRows {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    /**
     * A campaign that has not been tried for this long, because it has nothing to dial, is no longer reported as held.
     */
    private static final Duration TOLD = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final Map<Long, Held> held = new ConcurrentHashMap<>();

    private record Held(String by, long since) {}

    HeldRows(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The campaign's row could not be locked. */
    public void held(long campaign) {
        held.compute(
                campaign,
                (id, known) -> new Held(known == null ? "another connection" : known.by(), nanoTime.getAsLong()));
    }

    /** Sets who holds the row, in words. */
    public void heldBy(long campaign, String by) {
        held.computeIfPresent(campaign, (id, known) -> new Held(by, known.since()));
    }

    /** The campaign's row could be locked. */
    public void free(long campaign) {
        if (!held.isEmpty()) {
            held.remove(campaign);
        }
    }

    /** Forgets campaigns that no longer exist. */
    void keepOnly(Set<Long> campaigns) {
        held.keySet().retainAll(campaigns);
    }

    /** Whether it is time to try a held campaign again. */
    boolean tryAgain(long campaign) {
        Held known = held.get(campaign);
        return known == null || nanoTime.getAsLong() - known.since() >= TRY_AGAIN.toNanos();
    }

    /** The reason that the campaign's row is locked; null if it is not. */
    Idle idle(long campaign) {
        Held known = held.get(campaign);
        return known == null || nanoTime.getAsLong() - known.since() >= TOLD.toNanos()
                ? null
                : new Idle(Idle.Reason.ROW_LOCKED, "its row is locked by " + known.by());
    }
}

package dev.callout.dialler.campaigns;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Campaigns whose rows somebody else was found to hold. Each is tried again every second, and no other waits for it. Thread-safe. */
public final class HeldRows {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    /** A campaign that nobody tried for so long, as it has nothing to dial, is not told to be held any more. */
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

    /** Who holds it, in words. */
    public void heldBy(long campaign, String by) {
        held.computeIfPresent(campaign, (id, known) -> new Held(by, known.since()));
    }

    /** The campaign's row could be locked. */
    public void free(long campaign) {
        if (!held.isEmpty()) {
            held.remove(campaign);
        }
    }

    /** Forgets campaigns that there are no more. */
    void keepOnly(Set<Long> campaigns) {
        held.keySet().retainAll(campaigns);
    }

    /** Whether it is time to try a campaign that is held. */
    boolean tryAgain(long campaign) {
        Held known = held.get(campaign);
        return known == null || nanoTime.getAsLong() - known.since() >= TRY_AGAIN.toNanos();
    }

    /** That a campaign's row is locked; null if it is not. */
    Idle idle(long campaign) {
        Held known = held.get(campaign);
        return known == null || nanoTime.getAsLong() - known.since() >= TOLD.toNanos()
                ? null
                : new Idle(Idle.Reason.ROW_LOCKED, "its row is locked by " + known.by());
    }
}

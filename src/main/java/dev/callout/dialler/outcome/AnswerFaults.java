package dev.callout.dialler.outcome;

import dev.callout.campaign.outcome.AnswerFault;
import dev.callout.campaign.outcome.CallResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * Decides when to pause a campaign because callees who answer are hung up on. A fault that one call proves pauses it at
 * once. Any other fault pauses it after a few calls with one, if no call between them ran something for the callee.
 * Thread-safe.
 */
public final class AnswerFaults {

    /** How many calls in a row count as a few. */
    public static final int FEW = 3;
    /** An answered call that lasted this long had something to hear. */
    private static final long HEARD_MS = 1_000;

    private final Map<Long, Integer> rows = new ConcurrentHashMap<>();
    private final LongPredicate known;

    /** @param known whether there is a campaign with that id; counts of other ids are dropped */
    public AnswerFaults(LongPredicate known) {
        this.known = known;
    }

    /**
     * Records how an answered call went.
     *
     * @param fault what the switch could not run; null if no fault is known
     * @return whether the campaign must be paused now; its count is then reset
     */
    public boolean pauses(long campaign, AnswerFault fault, CallResult result) {
        if (fault == null) {
            if (result.lastedMillis() >= HEARD_MS) {
                rows.remove(campaign);
            }
            return false;
        }
        rows.keySet().removeIf(id -> !known.test(id));
        boolean enough = fault.certain() || rows.merge(campaign, 1, Integer::sum) >= FEW;
        if (enough) {
            rows.remove(campaign);
        }
        return enough;
    }

    /** For how many campaigns anything is kept. */
    public int size() {
        return rows.size();
    }
}

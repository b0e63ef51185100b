package dev.callout.dialler.outcome;

import dev.callout.campaign.outcome.AnswerFault;
import dev.callout.campaign.outcome.CallResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * When a campaign has to be paused because callees who answer are hung up on: at once for a fault that one call proves, else
 * after a few calls that met with one, with none between them on which something ran. Thread-safe.
 */
public final class AnswerFaults {

    /** So many calls in a row are a few. */
    public static final int FEW = 3;
    /** An answered call that lasted so long had something to hear. */
    private static final long HEARD_MS = 1_000;

    private final Map<Long, Integer> rows = new ConcurrentHashMap<>();
    private final LongPredicate known;

    /** @param known whether there is a campaign of that id: what is counted of others is forgotten */
    public AnswerFaults(LongPredicate known) {
        this.known = known;
    }

    /**
     * Notes how an answered call fared.
     *
     * @param  fault what the switch could not run; null if nothing is known against it
     * @return       whether the campaign has to be paused now; what was counted of it is forgotten then
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

    /** Of how many campaigns something is kept. */
    public int size() {
        return rows.size();
    }
}

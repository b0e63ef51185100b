package dev.callout.dialler.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many lines of a campaign this node may use beside others. Each node has a part in proportion to the calls a second that it
 * could make now, as all nodes' rows tell it. So no node asks another one, and none leads. The cap itself is kept by the
 * claim. Used by one thread, except {@link #part}.
 */
public final class LineShares {

    /** How often at most lines are counted that this node may not take yet. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** The least time between two such counts of any campaigns: each locks a campaign's row. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Supplier<Duration> patience;
    private volatile double part = 1;
    private final Map<Long, LeftLines> left = new HashMap<>();
    private Instant nextLook = Instant.MIN;

    /** @param patience returns how long lines may be left free for others; longer than others take to notice them */
    public LineShares(Supplier<Duration> patience) {
        this.patience = patience;
    }

    /**
     * Sets this node's part of what all nodes could do.
     *
     * @param part 0 to 1; 1: no other node makes calls
     */
    public void part(double part) {
        this.part = part;
    }

    /** The share of a number of lines. Rounded up, so that the shares of all nodes leave no line. */
    static int share(int lines, double part) {
        return (int) Math.ceil(lines * part - 1e-6);
    }

    /**
     * How many further lines this node may use.
     *
     * @param lines how many the campaign has
     * @param own   how many this node uses
     * @param now   by the steady clock
     */
    int room(long campaign, int lines, int own, Instant now) {
        int most = Math.max(share(lines, part), of(campaign).allowed(now));
        return Math.max(0, Math.min(lines, most) - own);
    }

    /** Whether other nodes use lines of this one's share, so that it must look often for one that becomes free. */
    boolean lacks(int lines, int own) {
        double now = part;
        return now < 1 && own < Math.floor(lines * now);
    }

    /** Whether lines may be counted, although this node has its share: others may have left some. */
    boolean looks(long campaign, int lines, int own, Instant now) {
        return part < 1
                && own < lines
                && room(campaign, lines, own, now) == 0
                && !now.isBefore(of(campaign).seenAt().plus(LOOK));
    }

    /**
     * Returns which campaign is to be counted now, of those that {@linkplain #looks may be}: the one that was counted longest
     * ago. Empty if another one was counted just now.
     */
    Optional<Long> nextLook(Collection<Long> campaigns, Instant now) {
        if (campaigns.isEmpty() || now.isBefore(nextLook)) {
            return Optional.empty();
        }
        nextLook = now.plus(BETWEEN_LOOKS);
        return campaigns.stream()
                .min(Comparator.comparing(campaign -> of(campaign).seenAt()));
    }

    /** Lines have been counted, see {@link LeftLines#seen}. */
    void seen(long campaign, LeftLines.Count count, Instant now) {
        if (part < 1) {
            left.put(campaign, of(campaign).seen(count, now, patience.get()));
        }
    }

    /** Forgets all other campaigns. */
    void keep(Collection<Long> campaigns) {
        left.keySet().retainAll(campaigns);
    }

    private LeftLines of(long campaign) {
        return left.getOrDefault(campaign, LeftLines.NONE);
    }
}

package dev.callout.dialler.claim;

import dev.callout.store.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the leases that are over: those that nobody has renewed for their length plus a margin, by this machine's
 * monotonic clock. The end of a lease by the database's clock counts only where a step of that clock could do no harm.
 * So a step forward takes no node's calls away, and after a step back the calls of a dead node do not wait for the
 * length of the step.
 */
final class LeaseWatch {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration ownLength;
    private final Duration margin;
    private Map<String, Seen> seen = Map.of();

    /**
     * @param until the instant of the monotonic clock at which the lease is over, unless {@code expires} has changed by
     *              then
     */
    private record Seen(Instant expires, Duration length, long until) {}

    /**
     * @param ownLength the usual length of leases, used as far as nothing else is known
     * @param margin    how much longer to wait; a holder stops earlier by the same time
     */
    LeaseWatch(Duration ownLength, Duration margin) {
        this.ownLength = ownLength;
        this.margin = margin;
    }

    /**
     * The leases that are over, each with the end that it had when it was last seen.
     *
     * @param leases the leases as they are now
     * @param now    the monotonic clock, read after the database's answer
     */
    Map<String, Instant> over(List<Nodes.LeaseLeft> leases, long now) {
        Map<String, Seen> seenNow = new HashMap<>();
        Map<String, Instant> over = new LinkedHashMap<>();
        for (Nodes.LeaseLeft lease : leases) {
            Seen before = seen.get(lease.incarnation());
            Seen after =
                    before != null && before.expires().equals(lease.expires()) ? before : renewed(lease, before, now);
            seenNow.put(lease.incarnation(), after);
            if (after.until() - now <= 0) {
                over.put(lease.incarnation(), lease.expires());
            }
        }
        seen = seenNow;
        return over;
    }

    /**
     * The first instant of the monotonic clock after {@code now} at which a lease may be over; {@code otherwise} if
     * there is none.
     */
    long nextEnd(long now, long otherwise) {
        return seen.values().stream()
                .mapToLong(Seen::until)
                .filter(until -> until - now > 0)
                .reduce(otherwise, (one, other) -> one - other < 0 ? one : other);
    }

    private Seen renewed(Nodes.LeaseLeft lease, Seen before, long now) {
        Duration length = before != null ? before.length() : clamp(lease.left());
        boolean plausible = lease.left().compareTo(length) <= 0
                && lease.left().compareTo(length.minus(margin.multipliedBy(2))) >= 0;
        return new Seen(
                lease.expires(),
                length,
                now + (plausible ? lease.left() : length).plus(margin).toNanos());
    }

    private Duration clamp(Duration left) {
        return left.compareTo(ownLength) < 0 ? ownLength : left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }
}

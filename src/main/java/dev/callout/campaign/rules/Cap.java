package dev.callout.campaign.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often one telephone may be called.
 *
 * @param maxCalls the most calls within any time of that length, at least 1
 * @param per      that length
 */
public record Cap(int maxCalls, Duration per) {

    /** The largest {@code max_calls}, because not more calls of a telephone are remembered. */
    public static final int MOST_CALLS = 50;

    /**
     * Returns the first instant, not before {@code now}, at which one more call keeps the cap. A call counts for exactly
     * {@link #per} from the instant at which it was sent.
     *
     * @param past earlier calls to the telephone, in any order
     */
    Instant notBefore(List<PastCall> past, Instant now) {
        List<Instant> counting = past.stream()
                .map(PastCall::sent)
                .filter(sent -> sent.plus(per).isAfter(now))
                .sorted()
                .toList();
        int over = counting.size() - maxCalls;
        return over < 0 ? now : counting.get(over).plus(per);
    }

    /** Returns what is wrong with the cap; empty if nothing is. */
    Optional<String> problem() {
        if (maxCalls < 1 || maxCalls > MOST_CALLS) {
            return Optional.of("max_calls must be 1 to " + MOST_CALLS);
        }
        return per.compareTo(Duration.ofHours(1)) < 0 || per.compareTo(CallingRule.LONGEST_WINDOW) > 0
                ? Optional.of("per_hours must be 1 to " + CallingRule.LONGEST_WINDOW.toHours())
                : Optional.empty();
    }
}

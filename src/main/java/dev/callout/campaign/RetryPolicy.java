package dev.callout.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * When a number is called again.
 *
 * @param delays what to wait, from a call's end, per class; the campaign's back-off for the others
 * @param never  classes after which a number is finished at once; holds {@link CauseClass#LOST} if
 *               {@code callout.unknown-outcome} is {@code finish}
 */
public record RetryPolicy(Map<CauseClass, Duration> delays, Set<CauseClass> never) {

    /** Every class waits the campaign's back-off. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Map.of(), Set.of());

    public RetryPolicy {
        delays = Map.copyOf(delays);
        never = Set.copyOf(never);
    }

    /**
     * Decides what becomes of a number whose call has ended.
     *
     * <p>Who answered a call whose end was lost is not called again: it was not the callee who lost it.
     *
     * @param attempt     how many calls have been charged to the number, this one included
     * @param maxAttempts the campaign's limit
     * @param backoff     the campaign's default delay
     * @param endless     whether the campaign never ends ({@code finish_on} 0): a number that would be finished begins anew after
     *                    the back-off, unless its class is one of {@link #never}
     * @param endedAt     when the call ended
     */
    public Verdict decide(CallOutcome outcome, int attempt, int maxAttempts, Duration backoff, boolean endless, Instant endedAt) {
        boolean answeredAndLost = outcome.causeClass() == CauseClass.LOST && outcome.status() != NumberStatus.FAILURE;
        if (outcome.status() == NumberStatus.SUCCESS || answeredAndLost
                || attempt >= maxAttempts || never.contains(outcome.causeClass())) {
            return endless && !never.contains(outcome.causeClass())
                    ? new Verdict(outcome.status(), false, endedAt.plus(backoff), true)
                    : new Verdict(outcome.status(), true, null);
        }
        return new Verdict(outcome.status(), false, endedAt.plus(delays.getOrDefault(outcome.causeClass(), backoff)));
    }
}

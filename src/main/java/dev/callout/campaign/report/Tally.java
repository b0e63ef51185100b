package dev.callout.campaign.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Figures of a report.
 *
 * @param attempts    attempts that have ended; an attempt of several legs is one, and test calls are none
 * @param left        those that may have reached a callee: they were answered, or neither the network or the settings nor
 *                    Callout or an operator ended them
 * @param answered    those that have a connect time
 * @param human       those of them that a person answered, judged by the greeting
 * @param machine     those of them that a machine answered, judged by the greeting
 * @param success     those that were a success
 * @param talkMicros  microseconds from the answers to the ends
 * @param cost        what the calls cost, all legs included; null: no costs are known
 * @param handOvers   how the hand-overs of callees ended
 */
public record Tally(
        long attempts,
        long left,
        long answered,
        long human,
        long machine,
        long success,
        long talkMicros,
        BigDecimal cost,
        HandOvers handOvers) {

    /**
     * Attempts whose callees were handed over.
     *
     * @param count     all of them
     * @param withAgent those in which somebody was there
     * @param waitedMs  how long the callees of these waited together, in milliseconds
     * @param abandoned those in which the callee was left in silence
     */
    public record HandOvers(long count, long withAgent, long waitedMs, long abandoned) {

        /** Nobody was handed over. */
        public static final HandOvers NONE = new HandOvers(0, 0, 0, 0);

        private HandOvers plus(HandOvers more) {
            return new HandOvers(
                    count + more.count,
                    withAgent + more.withAgent,
                    waitedMs + more.waitedMs,
                    abandoned + more.abandoned);
        }

        /** Returns for how many seconds callees waited until somebody was there, on average; empty if nobody ever was. */
        public Optional<BigDecimal> waitSeconds() {
            return withAgent == 0
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(waitedMs, 3)
                            .divide(BigDecimal.valueOf(withAgent), 1, RoundingMode.HALF_UP));
        }
    }

    /** Nobody was handed over. */
    public Tally(
            long attempts,
            long left,
            long answered,
            long human,
            long machine,
            long success,
            long talkMicros,
            BigDecimal cost) {
        this(attempts, left, answered, human, machine, success, talkMicros, cost, HandOvers.NONE);
    }

    /** Nothing has ended. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, null);

    private static final int RATE_DIGITS = 4;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Returns the sum. */
    public Tally plus(Tally more) {
        return new Tally(
                attempts + more.attempts,
                left + more.left,
                answered + more.answered,
                human + more.human,
                machine + more.machine,
                success + more.success,
                talkMicros + more.talkMicros,
                cost == null ? more.cost : more.cost == null ? cost : cost.add(more.cost),
                handOvers.plus(more.handOvers));
    }

    /** Returns the whole seconds from the answers to the ends. */
    public long talkSeconds() {
        return talkMicros / MICROS_PER_SECOND;
    }

    /** Returns the share of the attempts that left which were answered, from 0 to 1; empty if none left. */
    public Optional<BigDecimal> answerRate() {
        return rate(answered, left);
    }

    /** Returns a share, from 0 to 1, with four digits; empty if there is nothing that it could be a share of. */
    public static Optional<BigDecimal> rate(long part, long whole) {
        return whole == 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), RATE_DIGITS, RoundingMode.HALF_UP));
    }
}

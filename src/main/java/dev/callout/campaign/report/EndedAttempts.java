package dev.callout.campaign.report;

import dev.callout.campaign.amd.AnsweredBy;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.NumberStatus;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Attempts that have ended in the same way.
 *
 * @param status      as table {@code call_attempts} has it
 * @param cause       FreeSWITCH's hang-up cause; null: unknown
 * @param q850        the Q.850 code; null: unknown
 * @param sipStatus   the final SIP status; null: unknown
 * @param answered    whether they have a connect time
 * @param answeredBy  what answered, as far as the greeting told; null: not known
 * @param count       how many rows of the table they are
 * @param talkSeconds how long they lasted together from the answer on
 * @param cost        what they cost together; null: no costs are known
 * @param handOvers   what became of their hand-overs
 */
public record EndedAttempts(
        String status,
        String cause,
        Integer q850,
        Integer sipStatus,
        boolean answered,
        AnsweredBy answeredBy,
        long count,
        long talkSeconds,
        BigDecimal cost,
        Tally.HandOvers handOvers) {

    /** The status of a leg that another one followed: it belongs to the attempt of the last leg, and only its cost counts. */
    public static final String NEXT_LEG = "next leg";

    /** Calls that nobody can have answered: network, gateway, settings or Callout itself ended them on their way. */
    private static final Set<CauseClass> BEFORE_THE_CALLEE =
            EnumSet.of(CauseClass.ROUTE, CauseClass.CONFIG, CauseClass.OURS, CauseClass.LOST);

    /** Nobody was handed over. */
    public EndedAttempts(
            String status,
            String cause,
            Integer q850,
            Integer sipStatus,
            boolean answered,
            AnsweredBy answeredBy,
            long count,
            long talkSeconds,
            BigDecimal cost) {
        this(status, cause, q850, sipStatus, answered, answeredBy, count, talkSeconds, cost, Tally.HandOvers.NONE);
    }

    /** Returns what they add to a report. */
    public Tally tally() {
        if (NEXT_LEG.equals(status)) {
            return new Tally(0, 0, 0, 0, 0, 0, 0, cost);
        }
        return new Tally(
                count,
                hasLeft() ? count : 0,
                answered ? count : 0,
                answeredBy == AnsweredBy.HUMAN ? count : 0,
                answeredBy == AnsweredBy.MACHINE ? count : 0,
                NumberStatus.SUCCESS.text().equals(status) ? count : 0,
                talkSeconds,
                cost,
                handOvers);
    }

    private boolean hasLeft() {
        return answered || !BEFORE_THE_CALLEE.contains(CauseClass.of(cause, q850, sipStatus, false));
    }
}

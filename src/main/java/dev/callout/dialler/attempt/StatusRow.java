package dev.callout.dialler.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.campaign.outcome.Verdict;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What to write about a call. It is one element of the JSON array that {@code write-status.sql} and
 * {@code insert-attempts.sql} take, and the outcome that is offered to users' routes. All values are absolute, so
 * writing it twice changes nothing. Instants are seconds since 1970 by the database's clock.
 *
 * @param id         the number's row
 * @param campaign   {@code i_campaign}
 * @param number     the number as stored
 * @param call       the call's UUID
 * @param owner      the name under which the row must be claimed
 * @param attempt    how many attempts have been charged to the number, including this one if it was made
 * @param count      how many attempts count from now on: the same, or 0 if the number starts anew
 * @param status     the number's status from now on
 * @param finished   1 if the number is not called again
 * @param never      whether the number is not called again although its campaign allows further attempts
 * @param nextCall   the earliest time of the next call; null if finished, or not ended
 * @param retrySec   the seconds from the end of the call until then; null if finished, or not ended
 * @param setup      when the call was set up; null if it never was
 * @param connect    when it was answered; null if it was not
 * @param disconnect when it ended; null if it has not
 * @param cause      FreeSWITCH's hang-up cause, or why the number could not be dialled; null if not ended
 * @param q850       Q.850 code; null if unknown
 * @param sip        SIP status; null if unknown
 * @param switchName the switch that carried the call; null if none
 * @param gateway    the gateway that the call left by, as campaigns name it; null if none, or if it is not known
 * @param ended      whether the call has ended
 * @param list       the destination list that holds the number; null: {@code campaign_phones}
 * @param ifSpent    null for a call that is charged. For a call that is not: the values that apply instead if the
 *                   number has already had as many such calls as are allowed, which is known only where it is written
 */
public record StatusRow(
        long id,
        long campaign,
        String number,
        String call,
        String owner,
        int attempt,
        int count,
        String status,
        int finished,
        boolean never,
        @JsonProperty("next_call") BigDecimal nextCall,
        @JsonProperty("retry_sec") BigDecimal retrySec,
        BigDecimal setup,
        BigDecimal connect,
        BigDecimal disconnect,
        String cause,
        Integer q850,
        Integer sip,
        @JsonProperty("switch") String switchName,
        String gateway,
        boolean ended,
        String list,
        @JsonProperty("if_spent") @JsonInclude(JsonInclude.Include.NON_NULL) Spent ifSpent) {

    /**
     * The values that apply to a call that is charged after all.
     *
     * @param most how many calls of a number may go uncharged; the other components are as in the row
     */
    record Spent(
            int most,
            int count,
            int finished,
            boolean never,
            @JsonProperty("next_call") BigDecimal nextCall,
            @JsonProperty("retry_sec") BigDecimal retrySec) {}

    public static StatusRow answered(Attempt attempt) {
        return of(
                attempt,
                attempt.campaign(),
                new Verdict(NumberStatus.ANSWER, false, null),
                null,
                null,
                null,
                null,
                false);
    }

    /** @param campaign the attempt's campaign as it is now */
    public static StatusRow ended(
            Attempt attempt,
            Campaign campaign,
            Verdict verdict,
            Instant disconnect,
            String cause,
            Integer q850,
            Integer sip) {
        return of(attempt, campaign, verdict, disconnect, cause, q850, sip, true);
    }

    /**
     * A call that is not charged because an operator or a stopping switch ended it.
     *
     * @param charged the row as it would be if the call were charged
     * @param again   when the number is called again
     * @param most    how many calls of a number may go uncharged
     */
    public static StatusRow uncharged(StatusRow charged, Instant again, int most) {
        BigDecimal next = seconds(again);
        return new StatusRow(
                charged.id,
                charged.campaign,
                charged.number,
                charged.call,
                charged.owner,
                charged.attempt,
                Math.max(0, charged.attempt - 1),
                charged.status,
                0,
                false,
                next,
                next.subtract(charged.disconnect),
                charged.setup,
                charged.connect,
                charged.disconnect,
                charged.cause,
                charged.q850,
                charged.sip,
                charged.switchName,
                charged.gateway,
                true,
                charged.list,
                new Spent(most, charged.count, charged.finished, charged.never, charged.nextCall, charged.retrySec));
    }

    /** A number that cannot be dialled. It is finished, and not charged because no call was set up. */
    public static StatusRow undialable(Attempt attempt, Campaign campaign, Instant now, String cause) {
        return of(attempt, campaign, new Verdict(NumberStatus.FAILURE, true, null), now, cause, null, null, true);
    }

    private static StatusRow of(
            Attempt attempt,
            Campaign campaign,
            Verdict verdict,
            Instant disconnect,
            String cause,
            Integer q850,
            Integer sip,
            boolean ended) {
        // The sent mark comes from our own clock, the answer from the switch's clock converted to it. No call is
        // answered before it is set up.
        Instant sentAt = attempt.answeredAt() != null
                        && attempt.sentAt() != null
                        && attempt.answeredAt().isBefore(attempt.sentAt())
                ? attempt.answeredAt()
                : attempt.sentAt();
        boolean never = verdict.finished()
                && (attempt.charged() < campaign.retrying().maxAttempts()
                        || campaign.retrying().endless());
        return new StatusRow(
                attempt.number().row(),
                attempt.campaign().id(),
                attempt.number().cld(),
                attempt.callUuid(),
                attempt.owner(),
                attempt.charged(),
                verdict.anew() ? 0 : attempt.charged(),
                verdict.status().text(),
                verdict.finished() ? 1 : 0,
                never,
                seconds(verdict.nextCall()),
                verdict.nextCall() == null ? null : seconds(verdict.nextCall()).subtract(seconds(disconnect)),
                seconds(sentAt),
                seconds(attempt.answeredAt()),
                seconds(disconnect),
                cause,
                q850,
                sip,
                attempt.switchName(),
                attempt.marked() ? attempt.gateway() : null,
                ended,
                attempt.table().list(),
                null);
    }

    private static BigDecimal seconds(Instant instant) {
        return instant == null ? null : BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }
}

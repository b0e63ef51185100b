package dev.callout.dialler.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.menu.PressedKeys;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.HandedOver;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.campaign.outcome.Verdict;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What to write about a call. It is one flat element of the JSON array that {@code write-status.sql} and
 * {@code insert-attempts.sql} take, and the outcome that is offered to users' routes. All values are absolute, so
 * writing it twice changes nothing. Instants are seconds since 1970 by the database's clock.
 *
 * @param key     which number and call it is about
 * @param made    the attempt as it was made
 * @param end     how it ended, and where it left
 * @param basis   what shows why it was made
 * @param bill    what it costs; null: nothing
 * @param pressed the keys that the callee pressed; null: none
 * @param heard   what the switch has found out from the greeting; null: nothing
 * @param spoken  to whom the callee was handed over, and the recording; null: neither
 * @param next    what its number is from now on
 * @param ifSpent null for a call that is charged. For a call that is not: the values that apply instead if the number
 *                has already had as many such calls as are allowed, which is known only where it is written
 */
public record StatusRow(
        @JsonUnwrapped Key key,
        @JsonUnwrapped Made made,
        @JsonUnwrapped End end,
        @JsonUnwrapped Basis basis,
        @JsonUnwrapped Bill bill,
        @JsonUnwrapped Pressed pressed,
        @JsonUnwrapped Listened heard,
        @JsonUnwrapped Spoken spoken,
        @JsonUnwrapped Next next,
        @JsonProperty("if_spent") @JsonInclude(JsonInclude.Include.NON_NULL) Spent ifSpent) {

    /** The status of an attempt's row whose call was followed by the next leg. */
    private static final String NEXT_LEG = "next leg";

    /**
     * Which number and call a row is about.
     *
     * @param id       the number's row
     * @param campaign {@code i_campaign}
     * @param number   the number as stored
     * @param call     the call's UUID
     * @param owner    the name under which the row must be claimed
     * @param list     the destination list that holds the number; null: {@code campaign_phones}
     */
    public record Key(long id, long campaign, String number, String call, String owner, String list) {}

    /**
     * An attempt as it was made.
     *
     * @param attempt    how many attempts have been charged to the number, including this one if it was made
     * @param leg        which leg of the attempt the call is, from 1
     * @param status     the number's status from now on
     * @param setup      when the call was set up; null if it never was
     * @param connect    when it was answered; null if it was not
     * @param disconnect when it ended; null if it has not
     * @param ended      whether the call has ended
     */
    public record Made(
            int attempt,
            int leg,
            String status,
            BigDecimal setup,
            BigDecimal connect,
            BigDecimal disconnect,
            boolean ended) {}

    /**
     * How a call ended, and where it left.
     *
     * @param cause      FreeSWITCH's hang-up cause, or why the number could not be dialled; null if not ended
     * @param q850       Q.850 code; null if unknown
     * @param sip        SIP status; null if unknown
     * @param switchName the switch that carried the call; null if none
     * @param gateway    the gateway that the call left by, as campaigns name it; null if none, or if it is not known
     */
    public record End(
            String cause, Integer q850, Integer sip, @JsonProperty("switch") String switchName, String gateway) {}

    /**
     * What shows later why a call was made.
     *
     * @param base     {@code i_call_base}; null: not known
     * @param zone     the callee's time zones by which calling rules judged, separated by blanks; null: none did
     * @param callerId the caller ID that the callee was to see; null: not known, or the call was not made
     */
    public record Basis(Long base, String zone, @JsonProperty("caller_id") String callerId) {}

    /**
     * What an answered call costs.
     *
     * @param billedSec how many seconds its carrier bills
     * @param cost      in the currency of {@code gateways.cost_per_minute}; null: the price is not known
     * @param day       the day of its campaign that it counts for, such as 2026-11-30; null: the campaign has no limit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bill(
            @JsonProperty("billed_sec") long billedSec, BigDecimal cost, @JsonProperty("bill_day") String day) {}

    /**
     * The keys of menus that a callee has pressed.
     *
     * @param digits all of them, such as {@code 21}
     * @param answer the answer that they gave; null: none
     * @param optOut true if the callee does not want to be called again; else null
     * @param e164   the telephone that is not to be called again; null: {@code optOut} is null, or it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pressed(
            String digits,
            @JsonProperty("menu_answer") String answer,
            @JsonProperty("opt_out") Boolean optOut,
            String e164) {

        private static Pressed of(PressedKeys keys, Attempt attempt) {
            return keys.digits() == null
                    ? null
                    : new Pressed(
                            keys.digits(),
                            keys.answer(),
                            keys.optsOut() ? true : null,
                            keys.optsOut() ? attempt.number().e164() : null);
        }
    }

    /**
     * What the switch has found out from the greeting.
     *
     * @param answeredBy {@code human}, {@code machine} or {@code unknown}
     * @param amdMs      milliseconds from the answer to that verdict; null: not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listened(@JsonProperty("answered_by") String answeredBy, @JsonProperty("amd_ms") Long amdMs) {

        /** What is written of it; null: nothing was found out. */
        public static Listened of(Greeting greeting) {
            return greeting == null || greeting.by() == null
                    ? null
                    : new Listened(greeting.by().word(), greeting.millis());
        }
    }

    /**
     * With whom a callee was connected, and where that is recorded.
     *
     * @param handOver  how the hand-over ended, such as {@code answered}; null: there was none
     * @param agent     who talked with the callee; null: nobody, or not known
     * @param waitedMs  for how long the callee waited; null: not known
     * @param talkedMs  for how long they talked; null: not at all
     * @param abandoned true if the callee was left in silence; else null
     * @param recording the file to which the call was recorded; null: it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spoken(
            @JsonProperty("hand_over") String handOver,
            String agent,
            @JsonProperty("waited_ms") Long waitedMs,
            @JsonProperty("talked_ms") Long talkedMs,
            Boolean abandoned,
            String recording) {

        /** The hand-over and the recording of a call; null: neither. */
        public static Spoken of(CallResult result) {
            String recording = result.answered() ? result.report().recording() : null;
            HandedOver handedOver = HandedOver.of(result).orElse(null);
            if (handedOver == null) {
                return recording == null ? null : new Spoken(null, null, null, null, null, recording);
            }
            return new Spoken(
                    handedOver.result().word(),
                    handedOver.agent(),
                    handedOver.waitedMs(),
                    handedOver.talkedMs(),
                    handedOver.abandoned() ? true : null,
                    recording);
        }
    }

    /**
     * What a number is from now on.
     *
     * @param count    how many attempts count: those charged, or 0 if the number starts anew
     * @param finished 1 if the number is not called again
     * @param never    whether the number is not called again although its campaign allows further attempts
     * @param nextCall the earliest time of the next call; null if finished, or not ended
     * @param retrySec the seconds from the end of the call until then; null if finished, or not ended
     */
    public record Next(
            int count,
            int finished,
            boolean never,
            @JsonProperty("next_call") BigDecimal nextCall,
            @JsonProperty("retry_sec") BigDecimal retrySec) {}

    /**
     * The values that apply to a call that is charged after all.
     *
     * @param most how many calls of a number may go uncharged
     */
    record Spent(int most, @JsonUnwrapped Next next) {}

    /** The row of a call that the callee has answered. */
    public static StatusRow answered(Attempt attempt) {
        return of(
                attempt,
                attempt.campaign(),
                new Verdict(NumberStatus.ANSWER, false, null),
                CallResult.known(null, null, null),
                null,
                false);
    }

    /**
     * The row of a call that has ended.
     *
     * @param campaign the attempt's campaign as it is now
     * @param bill     what it costs; null: nothing
     */
    public static StatusRow ended(Attempt attempt, Campaign campaign, Verdict verdict, CallResult result, Bill bill) {
        return of(attempt, campaign, verdict, result, bill, true);
    }

    /**
     * A call that is not charged because an operator or a stopping switch ended it.
     *
     * @param charged the row as it would be if the call were charged
     * @param again   when the number is called again
     * @param most    how many calls of a number may go uncharged
     */
    public static StatusRow uncharged(StatusRow charged, Instant again, int most) {
        BigDecimal nextCall = seconds(again);
        Next next = new Next(
                Math.max(0, charged.made.attempt() - 1),
                0,
                false,
                nextCall,
                nextCall.subtract(charged.made.disconnect()));
        return new StatusRow(
                charged.key,
                charged.made,
                charged.end,
                charged.basis,
                charged.bill,
                charged.pressed,
                charged.heard,
                charged.spoken,
                next,
                new Spent(most, charged.next));
    }

    /** The same call if another gateway tries the number at once: its end is not that of the attempt. */
    public StatusRow followed() {
        return new StatusRow(
                key,
                new Made(made.attempt, made.leg, NEXT_LEG, made.setup, made.connect, made.disconnect, true),
                end,
                basis,
                bill,
                pressed,
                heard,
                spoken,
                new Next(next.count, 0, false, null, null),
                null);
    }

    /** A number that cannot be dialled. It is finished, and not charged because no call was set up. */
    public static StatusRow undialable(Attempt attempt, Campaign campaign, Instant now, String cause) {
        Verdict never = new Verdict(NumberStatus.FAILURE, true, null);
        return ended(attempt, campaign, never, CallResult.known(cause, null, now), null);
    }

    private static StatusRow of(
            Attempt attempt, Campaign campaign, Verdict verdict, CallResult result, Bill bill, boolean ended) {
        // The sent mark comes from our own clock, the answer from the switch's clock converted to it. No call is
        // answered before it is set up.
        Instant answeredAt = attempt.answeredAt();
        Instant sentAt = attempt.span().sentAt();
        Instant setup = answeredAt != null && sentAt != null && answeredAt.isBefore(sentAt) ? answeredAt : sentAt;
        int charged = attempt.charged();
        boolean never = verdict.finished()
                && (charged < campaign.retrying().maxAttempts()
                        || campaign.retrying().endless());
        BigDecimal disconnect = seconds(result.times().endedAt());
        BigDecimal nextCall = seconds(verdict.nextCall());
        return new StatusRow(
                new Key(
                        attempt.number().row(),
                        attempt.campaign().id(),
                        attempt.number().cld(),
                        attempt.callUuid(),
                        attempt.owner(),
                        attempt.table().list()),
                new Made(
                        charged,
                        attempt.leg(),
                        verdict.status().text(),
                        seconds(setup),
                        seconds(answeredAt),
                        disconnect,
                        ended),
                new End(
                        result.cause().name(),
                        result.cause().q850(),
                        result.cause().sipStatus(),
                        attempt.switchName(),
                        attempt.span().sent() ? attempt.gateway() : null),
                new Basis(
                        attempt.evidence().baseId(),
                        attempt.evidence().zone(attempt.number()),
                        attempt.span().sent() ? attempt.rendered().callerId() : null),
                bill,
                Pressed.of(result.heard().keys(), attempt),
                Listened.of(result.heard().greeting()),
                Spoken.of(result),
                new Next(
                        verdict.anew() ? 0 : charged,
                        verdict.finished() ? 1 : 0,
                        never,
                        nextCall,
                        nextCall == null ? null : nextCall.subtract(disconnect)),
                null);
    }

    private static BigDecimal seconds(Instant instant) {
        return instant == null ? null : BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }
}

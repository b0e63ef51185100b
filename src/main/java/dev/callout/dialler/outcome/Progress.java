package dev.callout.dialler.outcome;

import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.HandedOver;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.measure.AnswerMeters;
import dev.callout.dialler.measure.GatewayTraffic;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.measure.Traffic;

/** Passes what happens to attempts and their calls on to what paces, counts and shows them. */
public final class Progress {

    private final Attempts attempts;
    private final Switches switches;
    private final Gateways gateways;
    private final Traffic traffic;
    private final Meters meters;
    private final AnswerMeters answerMeters;
    private final GatewayTraffic gatewayTraffic;

    /**
     * @param traffic      counts calls by campaign; the meters count them over all campaigns
     * @param answerMeters counts them by gateway and caller ID for monitoring, {@code gatewayTraffic} by gateway for
     *                     consoles
     */
    public Progress(
            Attempts attempts,
            Switches switches,
            Gateways gateways,
            Traffic traffic,
            Meters meters,
            AnswerMeters answerMeters,
            GatewayTraffic gatewayTraffic) {
        this.attempts = attempts;
        this.switches = switches;
        this.gateways = gateways;
        this.traffic = traffic;
        this.meters = meters;
        this.answerMeters = answerMeters;
        this.gatewayTraffic = gatewayTraffic;
    }

    /** The switch has created a channel for the call. Counted once, although its later states report it, too. */
    void taken(Attempt attempt) {
        if (attempt.note(Fact.HAS_CHANNEL)) {
            attempts.taken(attempt);
            switches.taken(attempt.switchName());
            gateways.sent(attempt);
            gatewayTraffic.sent(attempt);
            traffic.dialled(attempt.campaign().id());
        }
    }

    /** The callee has answered. */
    void answered(Attempt attempt) {
        if (attempt.note(Fact.ANSWERED)) {
            attempts.answered(attempt);
        }
        gateways.answered(attempt);
        meters.answer(attempt.switchName());
    }

    /** The call has ended and been judged for the first time. */
    void judged(Attempt attempt, CallResult result, CallOutcome outcome) {
        meters.ended(outcome.status(), result.cause().name());
        HandedOver.of(result).ifPresent(meters::handedOver);
        gateways.ended(attempt, result, outcome.causeClass());
        answerMeters.ended(attempt, result, outcome.causeClass());
        gatewayTraffic.ended(attempt, result);
    }

    /** What is written about the end of the call has been decided for the first time. */
    void ended(CallResult result, StatusRow row) {
        traffic.ended(result, row);
    }

    /** The number does not become a call and goes back. */
    void withdrawn(Attempt attempt) {
        attempts.placed(attempt);
        unread(attempt);
    }

    /** The number goes back, because its originate was not read before the switch restarted. */
    void unread(Attempt attempt) {
        gateways.withdrawn(attempt);
        meters.givenBack();
    }

    /** The switch has refused the originate because it has too much to do. */
    void tooBusy(Attempt attempt, String refusal) {
        gateways.withdrawn(attempt);
        meters.refused(attempt.switchName(), true);
        switches.tooBusy(attempt.switchName(), refusal);
    }

    /** The switch has refused the originate because it cannot reach the gateway. */
    void unreachable(Attempt attempt, String refusal) {
        gateways.refused(attempt, refusal);
        meters.refused(attempt.switchName(), false);
    }

    /** The switch has refused the originate for another reason. */
    void refused(Attempt attempt) {
        gateways.withdrawn(attempt);
        meters.refused(attempt.switchName(), false);
    }

    /** The number cannot be dialled and is finished without a call. */
    void undialable(Attempt attempt) {
        gateways.withdrawn(attempt);
        meters.undialable();
    }
}

package dev.callout.dialler.outcome;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.menu.PressedKeys;
import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.News;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.esl.EslConstants;
import dev.callout.store.DatabaseClock;
import dev.callout.store.numbers.LostCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the switch reported about a call into what is written for its number. */
public final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    /** The longest cause that the tables can hold. */
    private static final int LONGEST_CAUSE = 255;

    private final Supplier<RetryPolicy> policy;
    private final Campaigns campaigns;
    private final GatewayTable gateways;
    private final Progress progress;
    private final Pauses pauses;
    private final FailedSteps failedSteps;
    private final DatabaseClock clock;
    private final CallReports reports;

    /**
     * @param policy   gives the installation's retry policy
     * @param gateways what calls by them cost
     * @param pauses   judges by the ends of calls whether their campaigns are paused
     */
    public Results(
            Supplier<RetryPolicy> policy,
            Campaigns campaigns,
            GatewayTable gateways,
            Progress progress,
            Pauses pauses,
            FailedSteps failedSteps,
            DatabaseClock clock) {
        this.policy = policy;
        this.campaigns = campaigns;
        this.gateways = gateways;
        this.progress = progress;
        this.pauses = pauses;
        this.failedSteps = failedSteps;
        this.clock = clock;
        this.reports = new CallReports(clock);
    }

    /** The switch has created a channel for the call. */
    public void taken(@Body Attempt attempt) {
        progress.taken(attempt);
    }

    /** The callee has answered. */
    public StatusRow answered(@Body Attempt attempt, @Headers Map<String, Object> headers) {
        taken(attempt);
        attempt.answered(reports.instant(headers, EslConstants.ANSWERED_AT));
        progress.answered(attempt);
        return StatusRow.answered(attempt);
    }

    /** The call has ended. Judges its outcome, for the steps that decide when its number is called again. */
    public void outcome(Exchange exchange, @Body Attempt attempt, @Headers Map<String, Object> headers) {
        judge(attempt, headers).show(exchange);
    }

    /**
     * What is written for the judged call. The time of the next call is what the steps since have set: seconds, or
     * {@code never}. If they have set nothing, or nothing valid, the settings decide.
     */
    public StatusRow row(Exchange exchange) {
        Judgement judgement = Judgement.of(exchange);
        return row(exchange, judgement, said(judgement, exchange.getMessage().getHeader(Judgement.NEXT_CALL_AFTER)));
    }

    /**
     * As {@link #row(Exchange)}, for a call that is followed by another leg. It is written, and counted, only if that leg
     * is not made.
     */
    StatusRow decided(Exchange exchange) {
        Judgement judgement = Judgement.of(exchange);
        return decided(judgement, said(judgement, exchange.getMessage().getHeader(Judgement.NEXT_CALL_AFTER)));
    }

    private Optional<Duration> said(Judgement judgement, Object delay) {
        String text = String.valueOf(delay).strip();
        try {
            return RetryPolicy.delay(text);
        } catch (IllegalArgumentException e) {
            failedSteps.misunderstood(
                    judgement.attempt(),
                    "route retry leaves " + (delay == null ? "nothing" : "'" + text + "'") + " in header "
                            + Judgement.NEXT_CALL_AFTER + ", which is " + e.getMessage());
            return judgement.delay();
        }
    }

    /** The call has ended. Judges it; the settings decide whether and when its number is called again. */
    public StatusRow ended(Exchange exchange, @Body Attempt attempt, @Headers Map<String, Object> headers) {
        Judgement judgement = judge(attempt, headers);
        return row(exchange, judgement, judgement.delay());
    }

    private Judgement judge(Attempt attempt, Map<String, Object> headers) {
        taken(attempt);
        CallResult result = reports.resultOf(attempt, headers);
        if (result.times().answeredAt() != null) {
            attempt.answered(result.times().answeredAt());
        }
        Campaign campaign = campaigns.latest(attempt.campaign());
        CallOutcome outcome = CallOutcome.of(
                result,
                campaign.onAnswer().successIf(),
                campaign.talkTime().threshold(),
                attempt.campaign().onAnswer().plays(),
                attempt.rendered().drawn());
        if (attempt.note(Fact.JUDGED)) {
            progress.judged(attempt, result, outcome);
            result.ringing().ifPresent(time -> campaigns
                    .ramp(campaign.id())
                    .rang(time, clock.steady().instant()));
        }
        return judgement(attempt, campaign, result, outcome);
    }

    private Judgement judgement(Attempt attempt, Campaign campaign, CallResult result, CallOutcome outcome) {
        return new Judgement(
                attempt,
                campaign,
                result,
                outcome,
                bill(attempt, campaign, result),
                policy.get().with(campaign.retrying().delays()));
    }

    /** What an answered call costs by the gateway that it left by, as that is described now; null if nobody answered. */
    private StatusRow.Bill bill(Attempt attempt, Campaign campaign, CallResult result) {
        Instant answeredAt = result.times().answeredAt() == null
                ? attempt.answeredAt()
                : result.times().answeredAt();
        if (answeredAt == null && !result.answered()) {
            return null;
        }
        long millis = result.times().billMs() == null
                ? Math.max(
                        0,
                        Duration.between(answeredAt, result.times().endedAt()).toMillis())
                : result.times().billMs();
        Gateway gateway = gateways.of(attempt);
        long billed = gateway.increment().billedSeconds(millis);
        Optional<BigDecimal> cost = gateway.cost(billed);
        if (cost.isEmpty() && campaign.budget().maxCost() != null) {
            campaigns.warn(
                    campaign,
                    "max_cost is set, but a price is not: calls by "
                            + (attempt.gateway() == null ? "the proxy" : "gateway " + attempt.gateway())
                            + " count as free. Set cost_per_minute in table gateways");
        }
        return new StatusRow.Bill(
                billed,
                cost.orElse(null),
                campaign.budget().isLimited()
                        ? campaign.billDay(result.times().endedAt()).toString()
                        : null);
    }

    private StatusRow row(Exchange exchange, Judgement judgement, Optional<Duration> delay) {
        Attempt attempt = judgement.attempt();
        CallResult result = judgement.result();
        if (attempt.written() == null) {
            // Not a call that another gateway follows up: it counts only if that leg is not made.
            pauses.judged(attempt, judgement.campaign(), result, judgement.outcome());
        }
        namePaused(exchange, attempt);
        StatusRow row = decided(judgement, delay);
        LOG.debug(
                "Call {} to {} ended: {} ({})",
                attempt.callUuid(),
                attempt.number().cld(),
                row,
                result);
        if (attempt.written() == null) {
            progress.ended(result, row);
        }
        attempt.written(row);
        return row;
    }

    private static StatusRow decided(Judgement judgement, Optional<Duration> delay) {
        StatusRow charged = judgement.row(delay);
        return uncharged(judgement, delay)
                .map(again -> StatusRow.uncharged(
                        charged, again, judgement.campaign().retrying().maxAttempts()))
                .orElse(charged);
    }

    /** When the number is called again after a call that is not charged; empty: the call is charged. */
    private static Optional<Instant> uncharged(Judgement judgement, Optional<Duration> delay) {
        CallResult result = judgement.result();
        if (judgement.attempt().has(Fact.HUNG_UP)
                && CauseClass.ENDED_BY_OPERATOR.equals(result.cause().name())
                && judgement.outcome().status() != NumberStatus.SUCCESS) {
            // The next claim finds the number on the do-not-call list, and closes it until the end of its entry.
            return judgement
                    .policy()
                    .uncharged(Optional.of(Duration.ZERO), result.times().endedAt());
        }
        return result.endedByOperator(judgement.campaign().talkTime().cancelRatio() > 0)
                ? judgement.policy().uncharged(delay, result.times().endedAt())
                : Optional.empty();
    }

    /** Names the campaign to pause, for the steps that follow, if the call has shown that it must be paused. */
    void namePaused(Exchange exchange, Attempt attempt) {
        pauses.name(exchange, attempt);
    }

    /** What is written for a call whose end cannot be judged. A callee who has answered is not called again. */
    StatusRow lost(Attempt attempt) {
        NumberStatus status = attempt.answeredAt() == null ? NumberStatus.FAILURE : NumberStatus.PREMATURE_HANGUP;
        return written(
                attempt,
                CallResult.known(CauseClass.LOST_RESULT, null, clock.now()),
                new CallOutcome(status, CauseClass.LOST, null));
    }

    private StatusRow written(Attempt attempt, CallResult result, CallOutcome outcome) {
        Judgement judgement = judgement(attempt, campaigns.latest(attempt.campaign()), result, outcome);
        return judgement.row(judgement.delay());
    }

    /** The call's end was recorded by a node that was lost before it had also written it to the number. */
    public StatusRow recorded(@Body Attempt attempt) {
        LostCall.Recorded recorded = attempt.recorded();
        attempt.answered(recorded.connect());
        NumberStatus status = NumberStatus.of(recorded.status());
        CauseClass causeClass =
                switch (status) {
                    case SUCCESS -> CauseClass.DONE;
                    case PREMATURE_HANGUP ->
                        CauseClass.LOST_RESULT.equals(recorded.cause()) ? CauseClass.LOST : CauseClass.PREMATURE;
                    default -> CauseClass.of(recorded.cause(), null, null, false);
                };
        Instant endedAt = recorded.disconnect() == null ? clock.now() : recorded.disconnect();
        PressedKeys keys = PressedKeys.written(recorded.digits(), recorded.answer());
        return written(
                attempt,
                CallResult.known(recorded.cause(), null, endedAt)
                        .naming(
                                recorded.cause(),
                                keys,
                                Greeting.written(recorded.answeredBy(), recorded.amdMs())
                                        .orElse(null)),
                new CallOutcome(status, causeClass, null));
    }

    /** Whether the number of an exchange must never be dialled. If an earlier leg has called it, its end is written first. */
    public boolean isUndialable(Exchange exchange) {
        Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof UndialableException e
                && e.isOfTheNumber()
                && (attempt == null || attempt.before() == null);
    }

    /**
     * The number itself cannot be dialled safely. It is finished, and the cause gives the reason.
     *
     * @return null, and the route ends here, if the number was sent or already goes back
     */
    public StatusRow undialable(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt) {
        if (!attempt.withdraw()) {
            exchange.setRouteStop(true);
            return null;
        }
        if (attempt.before() != null) {
            // The number has been called, so the end of that call is written.
            progress.withdrawn(attempt);
            attempt.goesBack(null);
            exchange.setRouteStop(true);
            return null;
        }
        String reason = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, UndialableException.class)
                .hangupCause();
        progress.undialable(attempt);
        String cause = reason.length() <= LONGEST_CAUSE ? reason : reason.substring(0, LONGEST_CAUSE);
        StatusRow row = StatusRow.undialable(attempt, campaigns.latest(attempt.campaign()), clock.now(), cause);
        attempt.written(row);
        attempt.told(News.ended(attempt, Map.of(), System.nanoTime()));
        return row;
    }
}

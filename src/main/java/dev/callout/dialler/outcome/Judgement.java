package dev.callout.dialler.outcome;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.dialler.attempt.Attempt;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What a call has come to, between the steps {@code outcome} and {@code row} of route {@code retry}. The headers show it to the
 * steps between them, which say by {@link #NEXT_CALL_AFTER} when the number is called again.
 *
 * @param campaign as it was when the call had ended
 * @param policy   the installation's, with the campaign's own
 */
record Judgement(Attempt attempt, Campaign campaign, CallResult result, CallOutcome outcome, RetryPolicy policy) {

    /** The header that says what to wait, from the call's end: seconds, or {@code never}. */
    static final String NEXT_CALL_AFTER = "CalloutNextCallAfter";

    private static final String PROPERTY = "CalloutJudgement";
    private static final String CAMPAIGN = "CalloutCampaign";
    private static final String STATUS = "CalloutStatus";
    private static final String CAUSE_CLASS = "CalloutCauseClass";
    private static final String ATTEMPT = "CalloutAttempt";
    private static final String MAX_ATTEMPTS = "CalloutMaxAttempts";
    private static final String DELAYS = "CalloutDelays";

    /**
     * The one that step {@code outcome} has come to.
     *
     * @throws IllegalStateException if there is none
     */
    static Judgement of(Exchange exchange) {
        Judgement judgement = exchange.getProperty(PROPERTY, Judgement.class);
        if (judgement == null) {
            throw new IllegalStateException(
                    "No call has been judged: bean results, method outcome, comes before method row");
        }
        return judgement;
    }

    /** Shows it to the steps that follow; what an earlier step has said of the next call does not count. */
    void show(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        Message message = exchange.getMessage();
        message.removeHeader(NEXT_CALL_AFTER);
        message.setHeader(CAMPAIGN, campaign.id());
        message.setHeader(STATUS, outcome.status().text());
        message.setHeader(CAUSE_CLASS, outcome.causeClass().word());
        message.setHeader(ATTEMPT, attempt.number().attempt());
        message.setHeader(MAX_ATTEMPTS, campaign.retrying().maxAttempts());
        message.setHeader(DELAYS, delays());
    }

    private Map<String, String> delays() {
        return EnumSet.allOf(CauseClass.class).stream()
                .collect(Collectors.toMap(
                        CauseClass::word,
                        causes -> RetryPolicy.text(
                                policy.delay(causes, campaign.retrying().backoff()))));
    }

    /** What is to be waited if no step says it. */
    Optional<Duration> delay() {
        return policy.delay(outcome.causeClass(), campaign.retrying().backoff());
    }
}

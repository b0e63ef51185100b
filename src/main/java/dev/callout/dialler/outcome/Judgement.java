package dev.callout.dialler.outcome;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.campaign.outcome.Verdict;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.CallHeaders;
import dev.callout.dialler.attempt.StatusRow;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The result of a call, between the steps {@code outcome} and {@code row} of the route {@code retry}. The headers show
 * it to the steps between them. Those steps set {@link #NEXT_CALL_AFTER} to say when the number is called again.
 *
 * @param campaign the campaign as it was when the call had ended
 * @param bill     what the call costs; null: nothing
 * @param policy   the installation's policy, combined with the campaign's own
 */
record Judgement(
        Attempt attempt,
        Campaign campaign,
        CallResult result,
        CallOutcome outcome,
        StatusRow.Bill bill,
        RetryPolicy policy) {

    /** The header that gives the time to wait, from the end of the call: seconds, or {@code never}. */
    static final String NEXT_CALL_AFTER = "CalloutNextCallAfter";

    private static final String PROPERTY = "CalloutJudgement";
    private static final String STATUS = "CalloutStatus";
    private static final String CAUSE_CLASS = "CalloutCauseClass";
    private static final String DELAYS = "CalloutDelays";

    /**
     * The judgement of the step {@code outcome}.
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

    /** Shows the judgement to the steps that follow. Discards what an earlier step has set for the next call. */
    void show(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        Message message = exchange.getMessage();
        message.removeHeader(NEXT_CALL_AFTER);
        message.setHeader(CallHeaders.CAMPAIGN, campaign.id());
        message.setHeader(STATUS, outcome.status().text());
        message.setHeader(CAUSE_CLASS, outcome.causeClass().word());
        message.setHeader(CallHeaders.ATTEMPT, attempt.number().attempt());
        message.setHeader(CallHeaders.MAX_ATTEMPTS, campaign.retrying().maxAttempts());
        message.setHeader(DELAYS, new Delays(policy, campaign.retrying().backoff()));
    }

    /** The delay of each class as text, by the class's word. Steps mostly read one of them, so none is kept. */
    private static final class Delays extends AbstractMap<String, String> {

        private final RetryPolicy policy;
        private final Duration backoff;

        private Delays(RetryPolicy policy, Duration backoff) {
            this.policy = policy;
            this.backoff = backoff;
        }

        @Override
        public String get(Object word) {
            return CauseClass.ofWord(String.valueOf(word))
                    .map(causes -> RetryPolicy.text(policy.delay(causes, backoff)))
                    .orElse(null);
        }

        /** Camel looks up how to read a bean by its hash, for each expression. That of a map would make all texts. */
        @Override
        public int hashCode() {
            return Objects.hash(policy, backoff);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Delays delays
                    ? policy.equals(delays.policy) && backoff.equals(delays.backoff)
                    : super.equals(other);
        }

        @Override
        public boolean containsKey(Object word) {
            return get(word) != null;
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return EnumSet.allOf(CauseClass.class).stream()
                    .map(CauseClass::word)
                    .collect(Collectors.toMap(word -> word, this::get))
                    .entrySet();
        }
    }

    /** What is written for this time to wait, if the call is charged; empty: never. */
    StatusRow row(Optional<Duration> delay) {
        Verdict verdict = policy.decide(
                outcome,
                delay,
                attempt.number().attempt(),
                campaign.retrying().maxAttempts(),
                campaign.retrying().backoff(),
                campaign.retrying().endless(),
                result.times().endedAt());
        return StatusRow.ended(
                attempt,
                campaign,
                verdict,
                outcome.ownCause().map(result::naming).orElse(result),
                bill);
    }

    /** The time to wait if no step sets it. */
    Optional<Duration> delay() {
        return policy.delay(outcome.causeClass(), campaign.retrying().backoff());
    }
}

package dev.callout.dialler.testcall;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.NotNowException;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.outcome.CallReports;
import dev.callout.esl.EslConstants;
import dev.callout.store.DatabaseClock;
import dev.callout.store.testcall.TestCallRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the routes of test calls: what they do beside the steps of all calls. */
public final class TestCallSteps {

    static final String FORBIDDEN =
            "The test number is on a do-not-call list, or its person was erased; remove its entry"
                    + " from the list first";

    private static final Logger LOG = LoggerFactory.getLogger(TestCallSteps.class);

    /** The property that holds the {@link TestCall}. */
    private static final String PROPERTY = "CalloutTestCall";

    private static final String REFUSED = "refused";

    private final TestCallRows rows;
    private final Attempts attempts;
    private final Gateways gateways;
    private final CallReports reports;
    private final Allowance allowance;
    private final DatabaseClock clock;

    /** @param allowance how long each call can last */
    public TestCallSteps(
            TestCallRows rows, Attempts attempts, Gateways gateways, Allowance allowance, DatabaseClock clock) {
        this.rows = rows;
        this.attempts = attempts;
        this.gateways = gateways;
        this.reports = new CallReports(clock);
        this.allowance = allowance;
        this.clock = clock;
    }

    /** Makes the message for the steps of all calls. A call that was given up while it waited ends here. */
    public void begin(Exchange exchange, @Body TestCall call) {
        exchange.setRouteStop(!call.attempt().isClaimed());
        exchange.setProperty(PROPERTY, call);
        exchange.setProperty(Attempt.PROPERTY, call.attempt());
        exchange.getMessage().setBody(call.attempt());
    }

    /**
     * Records that the call is sent now. It is committed before the originate, so that a crash leaves no call that nobody
     * looks for.
     *
     * @throws NotNowException if it must not be sent
     */
    public void mark(@ExchangeProperty(PROPERTY) TestCall call) throws SQLException, NotNowException {
        Attempt attempt = call.attempt();
        Instant now = clock.now();
        Instant latestEnd = now.plus(allowance.of(attempt.campaign()));
        TestCallRows.Mark mark = new TestCallRows.Mark(
                attempt.callUuid(),
                attempt.owner(),
                attempt.switchName(),
                attempt.gateway(),
                attempt.rendered().callerId(),
                now,
                latestEnd);
        switch (rows.mark(mark, call.listed())) {
            case FORBIDDEN -> throw new NotNowException(FORBIDDEN);
            case GIVEN_UP -> throw new NotNowException("it has taken too long");
            default -> attempt.marked(now, latestEnd);
        }
    }

    /** Whether a call is a test call of this node. */
    public boolean isOne(@Header(EslConstants.CALL_UUID) String callUuid) {
        return attempts.test(callUuid) != null;
    }

    /** The call rings, or is answered. */
    public void step(@Headers Map<String, Object> headers) throws SQLException {
        Instant ringing = instant(headers, EslConstants.RINGING_AT);
        Instant answered = instant(headers, EslConstants.ANSWERED_AT);
        if (ringing != null || answered != null) {
            rows.step((String) headers.get(EslConstants.CALL_UUID), ringing, answered);
        }
    }

    /** The call has ended, or the switch has refused it. */
    public void ended(@ExchangeProperty(Attempt.PROPERTY) Attempt attempt, @Headers Map<String, Object> headers)
            throws SQLException {
        CallResult result = reports.resultOf(attempt, headers);
        String refusal = (String) headers.get(EslConstants.REFUSAL);
        rows.end(
                refusal == null
                        ? endOf(attempt, result)
                        : refused(
                                attempt.callUuid(),
                                clock.now(),
                                result.cause().name(),
                                "Switch " + attempt.switchName() + " refuses the call: " + refusal));
        over(attempt);
    }

    private static TestCallRows.End endOf(Attempt attempt, CallResult result) {
        Campaign campaign = attempt.campaign();
        boolean prompt = campaign.onAnswer().plays();
        CallOutcome outcome = CallOutcome.of(
                result,
                campaign.onAnswer().successIf(),
                campaign.talkTime().threshold(),
                prompt,
                attempt.rendered().drawn());
        return new TestCallRows.End(
                attempt.callUuid(),
                true,
                result.times().ringingAt(),
                result.times().answeredAt(),
                result.times().endedAt(),
                result.answered() ? CallOutcome.heardMillis(result, prompt) : null,
                outcome.status().text(),
                outcome.ownCause().orElse(result.cause().name()),
                result.cause().q850(),
                result.cause().sipStatus(),
                outcome.fault() == null ? null : reason(outcome, result),
                result.heard().keys().digits(),
                result.heard().keys().answer(),
                result.heard().greeting(),
                spoken(result));
    }

    private static TestCallRows.Spoken spoken(CallResult result) {
        StatusRow.Spoken spoken = StatusRow.Spoken.of(result);
        return spoken == null
                ? null
                : new TestCallRows.Spoken(
                        spoken.handOver(),
                        spoken.agent(),
                        spoken.waitedMs(),
                        spoken.talkedMs(),
                        spoken.abandoned(),
                        spoken.recording());
    }

    private static String reason(CallOutcome outcome, CallResult result) {
        return switch (outcome.fault()) {
            case PROMPT_UNOPENABLE -> "The switch cannot open the file of the prompt";
            case PIECE_UNSPOKEN ->
                "A piece of the prompt was not spoken: the module that says it, its sounds or the engine is missing";
            case NO_EXTENSION ->
                "The switch has no extension for transfer_on_answer, or for a key that transfers, in this context";
            case NO_APPLICATION -> "The switch does not have the application of action_on_answer";
            case FILE_UNOPENABLE -> "The switch cannot open a file that is to be played";
            case NO_SECOND_LEG ->
                "What is to be bridged cannot be reached: " + result.cause().name();
            case ENDED_AT_ONCE -> "The application ended as soon as it began";
        };
    }

    /**
     * A step has failed. Before the originate, the call is not made. After it, the call is left to whoever looks for calls
     * that nobody follows: also if the node stops.
     */
    public void failed(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt) throws SQLException {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.debug("Test call {} fails", attempt.callUuid(), fault);
        boolean notMade = attempt.isClaimed();
        attempt.withdraw();
        over(attempt);
        if (notMade) {
            rows.end(refused(attempt.callUuid(), clock.now(), null, words(attempt, fault)));
        } else {
            rows.abandon(attempt.callUuid());
        }
    }

    private static String words(Attempt attempt, Throwable fault) {
        return fault instanceof NotNowException || fault instanceof UndialableException
                ? "It cannot be called: " + fault.getMessage()
                : "A step of route test-call fails: " + FailedSteps.withoutNumber(attempt, fault.toString());
    }

    /** What is written of a call that was not made. */
    static TestCallRows.End refused(String call, Instant now, String cause, String reason) {
        return new TestCallRows.End(call, false, null, null, now, null, REFUSED, cause, null, null, reason);
    }

    /** The call has nothing of its gateway any more. */
    private void over(Attempt attempt) {
        if (attempts.removeTest(attempt)) {
            gateways.withdrawn(attempt);
        }
    }

    /** Gives up the calls of this node that no step has sent in time. Their rows are closed as those of lost calls. */
    void giveUp() {
        Instant latest = clock.steady().instant().minus(TestCalls.PATIENCE);
        for (Attempt attempt : attempts.tests()) {
            if (attempt.departure().reserved().isBefore(latest) && attempt.withdraw()) {
                over(attempt);
            }
        }
    }

    private Instant instant(Map<String, Object> headers, String name) {
        Long millis = (Long) headers.get(name);
        return millis == null ? null : clock.ofLocalMillis(millis);
    }
}

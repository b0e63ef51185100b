package dev.callout.dialler.dial;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.RuleVerdict;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.Pace;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.node.RightToDial;
import dev.callout.esl.EslConstants;
import dev.callout.store.DatabaseClock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Checks once more, right before the originate, whether a number may be dialled. The sent mark has just asked the
 * database (paused, do-not-call, still ours). This class checks whether everything is stopped, the lease, the schedule, the hours of calling rules in the
 * callee's time zone, and whether the call comes too late after its instant. It passes the end of the lease, and of what is known about a stop, on, because that is checked once more where the originate is
 * written to the switch.
 */
public final class LastLook {

    private final Pace pace;
    private final CallLimits limits;
    private final ChannelLimits channels;
    private final Campaigns campaigns;
    private final Allowance allowance;
    private final RightToDial right;
    private final Meters meters;
    private final DatabaseClock clock;

    /** @param clock the database's clock, by which schedules open and calls expire */
    public LastLook(
            Pace pace,
            CallLimits limits,
            ChannelLimits channels,
            Campaigns campaigns,
            Allowance allowance,
            RightToDial right,
            Meters meters,
            DatabaseClock clock) {
        this.pace = pace;
        this.limits = limits;
        this.channels = channels;
        this.campaigns = campaigns;
        this.allowance = allowance;
        this.right = right;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Turns the message into what {@code esl:originate} takes.
     *
     * @throws NotNowException if the number must not be dialled now
     */
    public void take(Exchange exchange, @Body Attempt attempt) throws NotNowException {
        right.check();
        channels.require(attempt);
        if (pace.tooLate(attempt)) {
            throw new NotNowException("it would come too close to the campaign's next call");
        }
        if (!campaigns.latest(attempt.campaign()).open(clock.now())) {
            throw new NotNowException("its schedule has closed");
        }
        requireOpen(attempt);
        toOriginate(exchange, attempt);
        meters.attempt(attempt.switchName());
    }

    /**
     * Does the same for a test call, which no schedule, pace or calling hour binds.
     *
     * @throws NotNowException if this node makes no calls now, or the gateway's limit leaves none
     */
    public void takeTest(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt)
            throws NotNowException {
        right.check();
        channels.require(attempt);
        toOriginate(exchange, attempt);
    }

    private void toOriginate(Exchange exchange, Attempt attempt) throws NotNowException {
        exchange.getMessage().setBody(attempt.rendered().dialString());
        exchange.getMessage().setHeader(EslConstants.SWITCH, attempt.switchName());
        exchange.getMessage().setHeader(EslConstants.CALL_UUID, attempt.callUuid());
        exchange.getMessage()
                .setHeader(
                        EslConstants.LATEST_END,
                        clock.machine().millis()
                                + allowance.of(attempt.campaign()).toMillis());
        // Says why, if there is no time left already.
        left(attempt);
        exchange.getMessage().setHeader(EslConstants.SEND_BEFORE, new Deadline(() -> deadline(attempt)));
    }

    /** A time that has passed, if the call must not be sent any more. */
    private long deadline(Attempt attempt) {
        // The order matters: if this thread is held up in between, the deadline is too early, never too late.
        long now = clock.machine().millis();
        try {
            return now + left(attempt).toMillis();
        } catch (NotNowException e) {
            return 0;
        }
    }

    /**
     * By the lease, by whether everything is stopped, and by the limit of the gateway: a call that leaves late would come too
     * close to others.
     */
    private Duration left(Attempt attempt) throws NotNowException {
        Duration ofLease = right.left(attempt);
        Duration ofLimit = limits.left(attempt);
        return ofLease.compareTo(ofLimit) < 0 ? ofLease : ofLimit;
    }

    /** The claim has asked the rules. Since then a window may have closed, or somebody may have changed a rule. */
    private void requireOpen(Attempt attempt) throws NotNowException {
        CallingRules rules = campaigns.callingRules(attempt.campaign().id());
        String telephone = attempt.number().e164();
        if (rules.isEmpty()) {
            return;
        }
        if (telephone == null) {
            throw new NotNowException("calling rules bind its campaign, and its telephone has not been read yet");
        }
        RuleVerdict verdict = rules.judgeHours(telephone, attempt.number().timezone(), clock.now());
        if (!verdict.allowed()) {
            throw new NotNowException(verdict.reason());
        }
    }
}

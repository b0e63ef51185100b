package dev.callout.dialler.dial;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.gateways.Pace;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.node.Lease;
import dev.callout.esl.EslConstants;
import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import dev.callout.store.DatabaseClock;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/**
 * Checks once more, right before the originate, whether a number may be dialled. The sent mark has just asked the
 * database (paused, do-not-call, still ours). This class checks the lease, the schedule, and whether the call comes too
 * late after its instant. It passes the end of the lease on, because that is checked once more where the originate is
 * written to the switch.
 */
public final class LastLook {

    private final Pace pace;
    private final Switches switches;
    private final Campaigns campaigns;
    private final Allowance allowance;
    private final Lease lease;
    private final Routes routes;
    private final Meters meters;
    private final DatabaseClock clock;
    private final Draining draining;
    private volatile boolean stopping;

    /** @param clock the database's clock, by which schedules open and calls expire */
    public LastLook(
            Pace pace,
            Switches switches,
            Campaigns campaigns,
            Allowance allowance,
            Lease lease,
            Routes routes,
            Meters meters,
            Draining draining,
            DatabaseClock clock) {
        this.pace = pace;
        this.switches = switches;
        this.campaigns = campaigns;
        this.allowance = allowance;
        this.lease = lease;
        this.routes = routes;
        this.meters = meters;
        this.draining = draining;
        this.clock = clock;
    }

    /**
     * Turns the message into what {@code esl:originate} takes.
     *
     * @throws NotNowException if the number must not be dialled now
     */
    public void take(Exchange exchange, @Body Attempt attempt) throws NotNowException {
        if (stopping || draining.isOn()) {
            throw new NotNowException("this node makes no new calls");
        }
        Optional<Halt> halt = routes.haltOfDialling();
        if (halt.isPresent()) {
            throw new NotNowException(halt.get().toString());
        }
        if (pace.tooLate(attempt, switches.slotOf(attempt))) {
            throw new NotNowException("it would come too close to the campaign's next call");
        }
        if (!campaigns.latest(attempt.campaign()).open(clock.now())) {
            throw new NotNowException("its schedule has closed");
        }
        exchange.getMessage().setBody(attempt.rendered().dialString());
        exchange.getMessage().setHeader(EslConstants.SWITCH, attempt.switchName());
        exchange.getMessage().setHeader(EslConstants.CALL_UUID, attempt.callUuid());
        exchange.getMessage()
                .setHeader(
                        EslConstants.LATEST_END,
                        clock.machine().millis()
                                + allowance.of(attempt.campaign()).toMillis());
        // The order matters: if this thread is held up in between, the deadline is too early, never too late.
        long now = clock.machine().millis();
        Duration left = lease.leftAs(attempt.owner());
        if (left.isZero()) {
            throw new NotNowException("this node has lost its lease");
        }
        exchange.getMessage().setHeader(EslConstants.SEND_BEFORE, now + left.toMillis());
        meters.attempt(attempt.switchName());
    }

    /** From now on nothing more is dialled. */
    public void stop() {
        stopping = true;
    }
}

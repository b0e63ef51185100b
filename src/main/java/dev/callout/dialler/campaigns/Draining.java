package dev.callout.dialler.campaigns;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.gateways.Switches;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node makes no new calls, so that it can be stopped once the calls that are up have ended. Meanwhile
 * those calls are followed and written, and the node keeps its lease. Other nodes go on dialling.
 */
@ManagedResource(description = "Lets the calls of this node end before it is stopped")
public final class Draining extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    private static final long LOOK_EVERY_MS = 50;
    private static final Duration SAY_EVERY = Duration.ofSeconds(30);

    private final Attempts attempts;
    private final Switches switches;
    private volatile boolean on;

    /** @param switches the switches that get no new calls while this node is drained */
    public Draining(Attempts attempts, Switches switches) {
        this.attempts = attempts;
        this.switches = switches;
    }

    /** Whether no new calls are made. */
    @ManagedAttribute(description = "Whether this node makes no new calls")
    public boolean isOn() {
        return on;
    }

    /** How many calls of this node are up, or have ended but are not written yet. */
    @ManagedAttribute(description = "Calls of this node that are up, or whose ends are not written yet")
    public int getCallsLeft() {
        return attempts.size();
    }

    /** Makes no new calls from now on. Numbers that were claimed but not sent go back. Returns at once. */
    @ManagedOperation(description = "Makes no new calls from now on")
    public synchronized void begin() {
        if (!on) {
            on = true;
            switches.giveTurns(false);
            LOG.info("No new calls are made; {} are up or about to be given back", attempts.size());
        }
    }

    /** Makes new calls again. */
    @ManagedOperation(description = "Makes new calls again")
    public synchronized void end() {
        if (on) {
            switches.giveTurns(true);
            on = false;
            LOG.info("New calls are made again");
        }
    }

    /**
     * Makes no new calls, and waits until those that are up have ended.
     *
     * @param most the longest time to wait; calls that are still up then go on without this node
     */
    public void await(Duration most) {
        begin();
        long begun = System.nanoTime();
        long said = begun;
        try {
            while (attempts.size() > 0 && System.nanoTime() - begun < most.toNanos()) {
                if (System.nanoTime() - said >= SAY_EVERY.toNanos()) {
                    said = System.nanoTime();
                    LOG.info(
                            "{} calls are still up; this node stops when they have ended, in {} s at the latest",
                            attempts.size(),
                            most.minusNanos(said - begun).toSeconds());
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (attempts.size() > 0 && !most.isZero()) {
            LOG.warn(
                    "{} calls are up after callout.drain-sec, {} s: they continue without this node",
                    attempts.size(),
                    most.toSeconds());
        }
    }
}

package dev.callout.dialler.node;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.stop.StopAll;
import dev.callout.lifecycle.Halt;
import dev.callout.lifecycle.Routes;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether this node may make new calls: nobody has stopped everything, it holds its lease, it is not being drained or
 * stopped, and the routes that a number passes are started. Each question is answered by the state at that moment. Thread-safe.
 */
public final class RightToDial {

    private final Lease lease;
    private final Routes routes;
    private final Draining draining;
    private final StopAll stopAll;
    private volatile boolean stopping;

    /** @param stopAll whether everything is stopped */
    public RightToDial(Lease lease, Routes routes, Draining draining, StopAll stopAll) {
        this.lease = lease;
        this.routes = routes;
        this.draining = draining;
        this.stopAll = stopAll;
    }

    /** The lease that the right needs. */
    public Lease lease() {
        return lease;
    }

    /** Whether this node takes over calls of others: it holds its lease and is not being drained. */
    public boolean mayTakeOver() {
        return lease.held() && !draining.isOn();
    }

    /**
     * The incarnation for which numbers may be claimed; null if this node holds no lease, has just begun beside others, or
     * is being drained.
     */
    public String claimant() {
        // First, since a lease may begin meanwhile: whoever sees it sees also that it is not counted yet.
        String incarnation = lease.incarnation();
        return draining.isOn() || !lease.isCounted() ? null : incarnation;
    }

    /** Whether the routes that a claimed number passes are started, and nobody has stopped everything. */
    public boolean mayClaim() {
        return routes.mayClaim() && stopAll.mayClaim();
    }

    /** Whether this node makes new calls as far as it decides itself, and so needs lines. Asks no database. */
    public boolean needsLines() {
        return claimant() != null
                && !stopping
                && routes.mayClaim()
                && routes.haltOfDialling().isEmpty();
    }

    /**
     * Checks everything but the lease, for a number that is about to be originated.
     *
     * @throws NotNowException if this node makes no new calls
     */
    public void check() throws NotNowException {
        if (stopping || draining.isOn()) {
            throw new NotNowException("this node makes no new calls");
        }
        Optional<Halt> halt = routes.haltOfDialling();
        if (halt.isPresent()) {
            throw new NotNowException(halt.get().toString());
        }
    }

    /**
     * Asks whether everything is stopped, if that is not known well enough for a call to leave.
     *
     * @throws NotNowException if everything is stopped, or it cannot be known now
     */
    public void requireNotStopped() throws NotNowException {
        stopAll.mayClaim();
        stopAll.leaves();
    }

    /**
     * How much longer the attempt may be originated, by the lease for which it was claimed, and by what is known about
     * whether everything is stopped.
     *
     * @throws NotNowException if this node has lost that lease, or everything is stopped, or that is not known
     */
    public Duration left(Attempt attempt) throws NotNowException {
        Duration left = lease.leftAs(attempt.owner());
        if (left.isZero()) {
            throw new NotNowException("this node has lost its lease");
        }
        Duration byStop = stopAll.leaves();
        return left.compareTo(byStop) < 0 ? left : byStop;
    }

    /** From now on nothing more is dialled. */
    public void stop() {
        stopping = true;
    }
}

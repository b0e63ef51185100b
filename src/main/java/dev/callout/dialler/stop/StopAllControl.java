package dev.callout.dialler.stop;

import dev.callout.store.Capability;
import dev.callout.store.Nodes;
import dev.callout.store.audit.Actor;
import dev.callout.store.stop.Stop;
import dev.callout.store.stop.StopFlag;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/**
 * Stops and resumes everything, on all nodes. API and JMX use this class. It leaves {@code paused} of campaigns alone, so
 * that exactly those go on that ran.
 */
@ManagedResource(description = "Stops and resumes all campaigns on all nodes")
public final class StopAllControl {

    /** How many characters a reason may have. */
    public static final int LONGEST_REASON = 255;

    private final StopFlag flag;
    private final StopAll stopAll;
    private final Nodes nodes;

    /**
     * @param stopAll what this node knows of it
     * @param nodes   the nodes that are to obey
     */
    public StopAllControl(StopFlag flag, StopAll stopAll, Nodes nodes) {
        this.flag = flag;
        this.stopAll = stopAll;
        this.nodes = nodes;
    }

    /**
     * Stops everything. It is committed when this returns. Then this node makes no more calls, and no other node a second
     * later.
     *
     * @param why    the reason; null or blank: none
     * @param hangUp whether the calls that are up are ended, too
     * @return the stop that is in force
     * @throws IllegalArgumentException if the reason is longer than 255 characters
     * @throws SQLException             if it is not known whether everything is stopped
     */
    public Stop stop(String why, boolean hangUp) throws SQLException {
        String reason = why == null || why.isBlank() ? null : why.strip();
        if (reason != null && reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw new IllegalArgumentException("why must have at most " + LONGEST_REASON + " characters");
        }
        Stop stop = flag.stop(reason, hangUp);
        stopAll.look();
        return stop;
    }

    /**
     * Resumes what ran.
     *
     * @return whether everything was stopped
     * @throws SQLException if it is still stopped, as far as is known
     */
    public boolean resume() throws SQLException {
        boolean stopped = flag.resume();
        stopAll.look();
        return stopped;
    }

    /** Reads it from the database: the stop in force; empty if nothing is stopped. */
    public Optional<Stop> read() throws SQLException {
        return flag.read();
    }

    /** The nodes of an earlier version, which dial on while everything is stopped. */
    public List<String> deaf() throws SQLException {
        return nodes.without(Capability.STOP_ALL);
    }

    @ManagedAttribute(description = "Whether everything is stopped, as this node has read it last")
    public boolean isStopped() {
        return stopAll.stop().isPresent();
    }

    @ManagedAttribute(description = "Since when everything is stopped, by whom and why; empty if it is not")
    public String getReason() {
        return stopAll.stop().map(Stop::toString).orElse("");
    }

    @ManagedOperation(
            description =
                    "Stops all campaigns on all nodes; paused stays as it is. hangUp: ends the calls that are up, too")
    public void stopAll(boolean hangUp, String why) throws SQLException {
        Actor.as(Actor.loggedIn("JMX"), () -> stop(why, hangUp));
    }

    @ManagedOperation(description = "Resumes the campaigns that ran when everything was stopped")
    public void resumeAll() throws SQLException {
        Actor.as(Actor.loggedIn("JMX"), this::resume);
    }
}

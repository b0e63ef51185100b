package dev.callout.dialler;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** A campaign as JMX shows it: what {@code dialer start|stop|pause|status|show|delete} was. */
@ManagedResource(description = "Callout campaign")
public final class ManagedCampaign {

    /** A console asks for all attributes one by one: the database, also one that does not answer, is asked once. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final CampaignControl control;
    private final long campaign;
    private final LongSupplier nanoTime;
    private CampaignStatus status;
    private SQLException failure;
    private long freshUntil;

    ManagedCampaign(CampaignControl control, long campaign, LongSupplier nanoTime) {
        this.control = control;
        this.campaign = campaign;
        this.nanoTime = nanoTime;
    }

    private synchronized CampaignStatus status() throws SQLException {
        if (status == null && failure == null || nanoTime.getAsLong() - freshUntil > 0) {
            forget();
            try {
                status = control.status(campaign);
            } catch (SQLException e) {
                failure = e;
            }
            freshUntil = nanoTime.getAsLong() + FRESH.toNanos();
        }
        if (failure != null) {
            throw failure;
        }
        return status;
    }

    private synchronized void forget() {
        status = null;
        failure = null;
    }

    @ManagedAttribute(description = "i_campaign")
    public long getId() throws SQLException {
        return status().id();
    }

    @ManagedAttribute(description = "Name")
    public String getName() throws SQLException {
        return status().name();
    }

    @ManagedAttribute(description = "paused, idle or dialling")
    public String getState() throws SQLException {
        return status().state();
    }

    @ManagedAttribute(description = "What keeps it from being dialled, or from being dialled faster; empty if nothing does")
    public String getWhyIdle() throws SQLException {
        return status().whyIdle();
    }

    @ManagedAttribute(description = "How many numbers wait for what reason, are in progress and are finished")
    public List<String> getNumbers() throws SQLException {
        return status().numbers().entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).toList();
    }

    @ManagedAttribute(description = "Calls of this node that a switch has a channel for")
    public int getCallsUp() throws SQLException {
        return status().callsUp();
    }

    @ManagedAttribute(description = "Originates of the run, on all nodes")
    public long getCallsOfRun() throws SQLException {
        return status().callsOfRun();
    }

    @ManagedAttribute(description = "Originates of this node since it was started")
    public long getMade() throws SQLException {
        return status().made();
    }

    @ManagedAttribute(description = "Calls of this node that have ended and were answered")
    public long getAnswered() throws SQLException {
        return status().answered();
    }

    @ManagedAttribute(description = "Of these, calls that cancel_ratio was to cancel, hung up as soon as they were answered")
    public long getCancelledAnswered() throws SQLException {
        return status().cancelledAnswered();
    }

    @ManagedAttribute(description = "Seconds of talk of the calls of this node that have ended")
    public long getSeconds() throws SQLException {
        return status().talkSeconds();
    }

    @ManagedAttribute(description = "Originates of this node in the last sixty seconds")
    public int getCallsPerMinute() throws SQLException {
        return status().callsPerMinute();
    }

    @ManagedAttribute(description = "When the run began; empty: none has begun yet")
    public String getRunStarted() throws SQLException {
        return status().runStarted() == null ? "" : status().runStarted().toString();
    }

    @ManagedAttribute(description = "When the run ended; empty: it goes on")
    public String getRunEnded() throws SQLException {
        return status().runEnded() == null ? "" : status().runEnded().toString();
    }

    @ManagedOperation(description = "Begins a run, its calls counted from 0; tells why it is idle nevertheless, if it is")
    public String start() throws SQLException {
        control.start(campaign);
        forget();
        return control.whyIdle(campaign);
    }

    @ManagedOperation(description = "Ends the run; calls that are up go on")
    public void stop() throws SQLException {
        control.stop(campaign);
        forget();
    }

    @ManagedOperation(description = "Dials nothing more until resumed")
    public void pause() throws SQLException {
        control.pause(campaign);
        forget();
    }

    @ManagedOperation(description = "Goes on with the run; tells why it is idle nevertheless, if it is")
    public String resume() throws SQLException {
        control.resume(campaign);
        forget();
        return control.whyIdle(campaign);
    }

    @ManagedOperation(description = "All attributes as a text")
    public String show() throws SQLException {
        return control.status(campaign).text();
    }

    @ManagedOperation(description = "Deletes the campaign, never its numbers; refused while calls are up")
    public void delete() throws SQLException {
        control.delete(campaign);
    }
}

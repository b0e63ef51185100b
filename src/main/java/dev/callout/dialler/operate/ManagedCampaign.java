package dev.callout.dialler.operate;

import dev.callout.store.audit.Actor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** A campaign as JMX shows it. It corresponds to {@code dialer start|stop|pause|status|show|delete}. */
@ManagedResource(description = "Callout campaign")
public final class ManagedCampaign {

    /**
     * A console asks for all attributes one by one. The database is asked only once for them, even if it does not
     * answer.
     */
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

    private interface Operation {
        void run() throws SQLException;
    }

    /** Does it in the name of who has logged in to JMX. */
    private static void does(Operation operation) throws SQLException {
        Actor.<Void, SQLException>as(Actor.loggedIn("JMX"), () -> {
            operation.run();
            return null;
        });
    }

    private synchronized void forget() {
        status = null;
        failure = null;
    }

    @ManagedAttribute(description = "i_campaign")
    public long getId() throws SQLException {
        return status().run().campaign();
    }

    @ManagedAttribute(description = "Name")
    public String getName() throws SQLException {
        return status().run().name();
    }

    @ManagedAttribute(description = "paused, idle or dialling")
    public String getState() throws SQLException {
        return status().state();
    }

    @ManagedAttribute(description = "Why it is not dialled, or not dialled faster; empty if nothing keeps it")
    public String getWhyIdle() throws SQLException {
        return status().whyIdle();
    }

    @ManagedAttribute(
            description = "Who ordered an emergency campaign, which asks no do-not-call list; empty: it is none")
    public String getEmergency() throws SQLException {
        return Objects.toString(control.setting(campaign).emergency(), "");
    }

    @ManagedAttribute(description = "Numbers that are due now")
    public long getNumbersDue() throws SQLException {
        return status().counts().due();
    }

    @ManagedAttribute(description = "Numbers that are due later")
    public long getNumbersLater() throws SQLException {
        return status().counts().later();
    }

    @ManagedAttribute(description = "Numbers of a list that another program has in use")
    public long getNumbersInUseElsewhere() throws SQLException {
        return status().counts().elsewhere();
    }

    @ManagedAttribute(description = "Numbers whose calls are in progress, on all nodes")
    public long getNumbersInProgress() throws SQLException {
        return status().counts().inProgress();
    }

    @ManagedAttribute(description = "Numbers that are finished")
    public long getNumbersFinished() throws SQLException {
        return status().counts().finished();
    }

    @ManagedAttribute(
            description = "Maximum number of calls at once, at least 1; a change is written to table campaigns")
    public int getMaxConcurrentCalls() throws SQLException {
        return control.setting(campaign).pacing().maxConcurrentCalls();
    }

    @ManagedAttribute(description = "Maximum number of calls at once")
    public void setMaxConcurrentCalls(int lines) throws SQLException {
        does(() -> control.setMaxConcurrentCalls(campaign, lines));
        forget();
    }

    @ManagedAttribute(
            description = "Seconds between the starts of two calls, 0: none; a change is written to table campaigns")
    public double getTimeBetweenCalls() throws SQLException {
        return control.setting(campaign).pacing().timeBetweenCalls().toMillis() / 1000.0;
    }

    @ManagedAttribute(description = "Seconds between the starts of two calls")
    public void setTimeBetweenCalls(double seconds) throws SQLException {
        does(() -> control.setTimeBetweenCalls(campaign, seconds));
        forget();
    }

    @ManagedAttribute(description = "Calls of this node that are up")
    public int getCallsUp() throws SQLException {
        return status().standing().callsUp();
    }

    @ManagedAttribute(description = "Originates of the run, on all nodes")
    public long getCallsOfRun() throws SQLException {
        return status().run().callsMade();
    }

    @ManagedAttribute(
            description = "Calls of this node that a switch has created a channel for, since the node was started")
    public long getCallsMade() throws SQLException {
        return status().standing().calls().made();
    }

    @ManagedAttribute(description = "Calls of this node that were answered and have ended")
    public long getCallsAnswered() throws SQLException {
        return status().standing().calls().answered();
    }

    @ManagedAttribute(
            description =
                    "Of these, calls that cancel_ratio was to cancel and that were hung up as soon as they were answered")
    public long getCancelledAnswered() throws SQLException {
        return status().standing().calls().cancelledAnswered();
    }

    @ManagedAttribute(description = "Seconds of talk of the calls of this node that have ended")
    public long getTalkSeconds() throws SQLException {
        return status().standing().calls().talkSeconds();
    }

    @ManagedAttribute(description = "The calls of CallsMade in the last sixty seconds")
    public int getCallsPerMinute() throws SQLException {
        return status().standing().calls().lastMinute();
    }

    @ManagedAttribute(description = "When the run began; null: no run has begun yet")
    public Date getRunStarted() throws SQLException {
        return date(status().run().started());
    }

    @ManagedAttribute(description = "When the run ended; null: it continues")
    public Date getRunEnded() throws SQLException {
        return date(status().run().ended());
    }

    private static Date date(Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    @ManagedOperation(
            description =
                    "Begins a run, whose calls are counted from 0; returns why the campaign is still idle, if it is")
    public String start() throws SQLException {
        does(() -> control.start(campaign));
        forget();
        return control.whyIdle(campaign);
    }

    @ManagedOperation(description = "Ends the run; calls that are up continue")
    public void stop() throws SQLException {
        does(() -> control.stop(campaign));
        forget();
    }

    @ManagedOperation(description = "Dials nothing more until the campaign is resumed")
    public void pause() throws SQLException {
        does(() -> control.pause(campaign));
        forget();
    }

    @ManagedOperation(description = "Continues the run; returns why the campaign is still idle, if it is")
    public String resume() throws SQLException {
        does(() -> control.resume(campaign));
        forget();
        return control.whyIdle(campaign);
    }

    @ManagedOperation(description = "All attributes as a text")
    public String show() throws SQLException {
        return control.status(campaign).text();
    }

    @ManagedOperation(description = "Deletes the campaign, never its numbers; refused while calls are up")
    public void delete() throws SQLException {
        does(() -> control.delete(campaign));
    }
}

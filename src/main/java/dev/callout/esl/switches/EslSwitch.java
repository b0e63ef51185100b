package dev.callout.esl.switches;

import dev.callout.esl.call.CallFeed;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.call.SwitchCalls;
import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslListener;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.EslRejectedException;
import dev.callout.esl.client.EslSettings;
import dev.callout.esl.wire.EslEvent;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One switch: its connection, the calls that are registered on it, and the consumers that receive them. */
@ManagedResource(description = "FreeSWITCH switch")
public final class EslSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(EslSwitch.class);

    private static final long RATE_SPAN_MS = 1_000;
    private static final int CLOCK_SAMPLES = 5;
    private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final EslClient client;
    private final SwitchCalls calls;
    private final List<CallFeed> feeds = new CopyOnWriteArrayList<>();
    private final FurtherEvents furtherEvents;
    private final Object registering = new Object();
    private volatile EslSettings settings;
    private volatile boolean leaving;
    /** When the rate of commands was last calculated, and how many had been sent then. */
    private long rateSince;

    private long sentThen;
    private volatile double commandsPerSecond;
    /** Once true, no call is registered any more. */
    private boolean left;

    EslSwitch(EslSettings settings, EventLoopGroup eventLoops, Executor nameLookUps, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = new EslClient(settings, eventLoops, nameLookUps, new Connection());
        this.calls = new SwitchCalls(settings.name(), client::api, client::eventsReceived, clock, this::publish);
        this.rateSince = clock.millis();
        this.furtherEvents = new FurtherEvents(settings.subscription(), this::command);
    }

    /** Whether the switch already uses exactly these settings, including password, time-outs and limits. */
    public boolean isReachedBy(EslSettings others) {
        return settings.equals(others);
    }

    /** Reconnects with other settings. Calls that are up continue, and are looked up on the new connection. */
    void reachBy(EslSettings others) {
        settings = others;
        client.reconnect(others);
    }

    /** Stops giving new calls to the switch, or starts again. Calls that are up are followed either way. */
    void leave(boolean on) {
        leaving = on;
    }

    /**
     * Whether the switch is being removed and has no calls any more. If so, no call is registered on it from then on.
     */
    boolean isLeft() {
        synchronized (registering) {
            left = leaving && calls.size() == 0;
            return left;
        }
    }

    /** Starts to connect and returns at once. */
    void start() {
        client.start();
    }

    /**
     * Ends the session with the switch. Returns at once; the result completes when that is done, or when the grace has
     * passed.
     */
    CompletableFuture<Void> close(Duration grace) {
        client.close(grace);
        return client.over();
    }

    /** Must be called a few times a second, by one thread: applies graces and latest ends, and measures the rate. */
    void tick() {
        calls.sweep();
        long millis = clock.millis() - rateSince;
        if (millis >= RATE_SPAN_MS) {
            long sent = client.commandsSent();
            commandsPerSecond = (sent - sentThen) * 1000.0 / millis;
            rateSince += millis;
            sentThen = sent;
        }
    }

    /**
     * Registers a call and sends its originate.
     *
     * @param  uuid                     the call's uuid, which {@code text} sets as origination_uuid
     * @param  text                     all that follows {@code bgapi originate}: one line
     * @param  latestEnd                epoch milliseconds; {@link Long#MAX_VALUE} if unknown
     * @param  sendBefore               epoch milliseconds from which on it must not be sent; {@link Long#MAX_VALUE}: at
     *                                  any time
     * @param  jobTimeout               how long the job may take before the switch is asked about the call
     * @throws IllegalArgumentException if the uuid is in use or the text is not one line
     * @throws EslNotSentException      if there is no connection, or if the switch is being removed
     */
    public EslCall originate(
            String uuid, String jobUuid, String text, long latestEnd, long sendBefore, Duration jobTimeout) {
        requireReady();
        EslCall call;
        synchronized (registering) {
            if (leaving) {
                throw new EslNotSentException("Switch " + getName() + " is being removed: it gets no new calls");
            }
            call = calls.originating(uuid, jobUuid, latestEnd);
        }
        CompletableFuture<String> job;
        try {
            job = client.bgapi("originate " + text, jobUuid, jobTimeout, () -> requireInTime(uuid, sendBefore));
        } catch (RuntimeException e) {
            calls.notSent(call, e);
            throw e;
        }
        LOG.debug("Originating call {} on switch {}", uuid, getName());
        job.whenComplete((result, fault) -> calls.jobEnded(call, result, fault));
        return call;
    }

    /**
     * Registers a call that is already up and looks it up. A call that is already registered is simply followed
     * further.
     *
     * @param  answered            whether it is known to be answered
     * @throws EslNotSentException if the switch has been removed
     */
    public EslCall adopt(String uuid, boolean answered, long latestEnd) {
        LOG.debug("Adopting call {} on switch {}", uuid, getName());
        synchronized (registering) {
            if (left) {
                throw new EslNotSentException("Switch " + getName() + " was removed, and its connection is closed");
            }
            return calls.adopted(uuid, answered, latestEnd);
        }
    }

    /** Runs a command; completes with the body of its reply. */
    public CompletableFuture<String> api(String command) {
        requireReady();
        return client.api(command);
    }

    /** Runs a command as a background job; completes with the job's result. */
    public CompletableFuture<String> bgapi(String command, String jobUuid, Duration timeout) {
        requireReady();
        return client.bgapi(command, jobUuid, timeout);
    }

    private void requireInTime(String uuid, long sendBefore) {
        if (clock.millis() >= sendBefore) {
            throw new EslNotSentException("Call " + uuid + " was not sent to switch " + getName()
                    + ": the time before which it must be sent is over");
        }
    }

    private void requireReady() {
        if (!client.isReady()) {
            throw new EslNotSentException(whyNotConnected());
        }
    }

    /** For operators: which switch is not connected, and why. */
    public String whyNotConnected() {
        return "Switch "
                + (client.lastError() == null ? settings + ": no connection has been made yet" : client.lastError());
    }

    /** Offers a consumer each new state of each call. */
    public void addFeed(CallFeed feed) {
        feeds.add(feed);
    }

    /** Offers that consumer nothing more. */
    public void removeFeed(CallFeed feed) {
        feeds.remove(feed);
    }

    /** The further events that consumers want from this switch. */
    public FurtherEvents furtherEvents() {
        return furtherEvents;
    }

    /**
     * Runs a few jobs one after the other, only for the times in their events. These times give the offset of the
     * switch's clock before the first call's events arrive, when everything is still cold in this process.
     */
    private void measureClock(int times) {
        client.bgapi("uptime", UUID.randomUUID().toString(), CLOCK_PATIENCE).whenComplete((uptime, fault) -> {
            if (fault == null && times > 1) {
                measureClock(times - 1);
            }
        });
    }

    private void command(String command) {
        if (!client.isReady()) {
            return;
        }
        client.command(command).whenComplete((reply, fault) -> {
            if (fault instanceof EslRejectedException) {
                LOG.warn("Switch {} refuses '{}': {}", getName(), command, fault.getMessage());
            } else if (fault != null) {
                // The next connection subscribes again.
                LOG.debug("Command '{}' did not reach switch {}: {}", command, getName(), fault.getMessage());
            }
        });
    }

    private void publish(EslCall call) {
        for (CallFeed feed : feeds) {
            feed.offer(call);
        }
    }

    @ManagedAttribute(description = "Name of the switch")
    public String getName() {
        return settings.name();
    }

    @ManagedAttribute(description = "Host and port of the switch")
    public String getAddress() {
        return settings.host() + ":" + settings.port();
    }

    @ManagedAttribute(description = "Whether the connection is up, authenticated and subscribed")
    public boolean isConnected() {
        return client.isReady();
    }

    @ManagedAttribute(
            description =
                    "Whether the switch is being removed: it gets no new calls, and is disconnected when its calls have ended")
    public boolean isLeaving() {
        return leaving;
    }

    @ManagedAttribute(description = "Incarnation of the switch; changes when it is restarted")
    public String getCoreUuid() {
        return client.coreUuid();
    }

    @ManagedAttribute(description = "Calls registered: originated or adopted, and not over yet")
    public int getCallsUp() {
        return calls.size();
    }

    @ManagedAttribute(description = "Commands sent since the start")
    public long getCommandsSent() {
        return client.commandsSent();
    }

    @ManagedAttribute(description = "Commands sent per second, in about the last second")
    public double getCommandsPerSecond() {
        return commandsPerSecond;
    }

    @ManagedAttribute(description = "How often the connection was made again")
    public long getReconnects() {
        return client.reconnects();
    }

    @ManagedAttribute(description = "The last error of the connection; empty if there was none")
    public String getLastError() {
        String error = client.lastError();
        return error == null ? "" : error;
    }

    @ManagedAttribute(description = "Events and states that consumers missed because they were too slow")
    public long getMissedByConsumers() {
        return feeds.stream().mapToLong(CallFeed::missed).sum() + furtherEvents.discarded();
    }

    @ManagedOperation(description = "Closes the connection and makes it again; calls that are up continue")
    public void reconnect() {
        client.reconnect();
    }

    /** Listens to the connection, on its thread. */
    private final class Connection implements EslListener {

        @Override
        public void onReady(String coreUuid) {
            furtherEvents.connected();
            calls.connected(coreUuid);
            measureClock(CLOCK_SAMPLES);
        }

        @Override
        public void onEvent(EslEvent event) {
            calls.onEvent(event);
            furtherEvents.offer(EslSwitch.this, event);
        }

        @Override
        public void onDown(String reason) {
            calls.disconnected();
        }
    }
}

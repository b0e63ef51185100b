package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a connection, and makes it again whenever it is lost: first at once, then with exponential back-off, for ever.
 * Reports what happens to the listener and to the jobs. It works on the event loop only; its state can be read from any
 * thread.
 */
final class ConnectionKeeper {

    /**
     * A connection that was ready for this long is made again at once. Without this limit, a connection that is always
     * cut as soon as it is ready would be made again without end.
     */
    private static final Duration STEADY = Duration.ofSeconds(1);

    // Logs under EslClient: which class keeps the connection does not matter to the reader of the log.
    private static final Logger LOG = LoggerFactory.getLogger(EslClient.class);

    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> sockets;
    private final Executor nameLookUps;
    private final EslListener listener;
    private final BackgroundJobs jobs;
    private final AtomicLong timesReady = new AtomicLong();
    /** Whether the connection has been ready. It may have begun to end. */
    private boolean ready;
    /** Whether commands can be sent. */
    private volatile boolean accepting;

    private volatile boolean closed;
    private volatile String coreUuid;
    private volatile String lastError;

    private EslSettings settings;
    private SwitchAddress address;
    private Backoff backoff;
    private EslConnection connection;
    private ScheduledFuture<?> retry;
    private String toldReason;
    /** When the last connection became ready, by the monotonic clock. */
    private long readyAt;

    /** @param nameLookUps looks up the host's name, which may block */
    ConnectionKeeper(
            EslSettings settings,
            EventLoop loop,
            ChannelFactory<? extends Channel> sockets,
            Executor nameLookUps,
            EslListener listener,
            BackgroundJobs jobs) {
        this.loop = loop;
        this.sockets = sockets;
        this.nameLookUps = nameLookUps;
        this.listener = listener;
        this.jobs = jobs;
        reachBy(settings);
    }

    private void reachBy(EslSettings wanted) {
        settings = wanted;
        address = new SwitchAddress(wanted, nameLookUps);
        backoff = new Backoff(wanted.limits().reconnectFirst(), wanted.limits().reconnectMost());
    }

    boolean isReady() {
        return accepting;
    }

    boolean isClosed() {
        return closed;
    }

    /** The switch's incarnation as of the last ready connection; null before the first. */
    String coreUuid() {
        return coreUuid;
    }

    /** Why the connection was last down. Kept when it is up again; null if it was never down. */
    String lastError() {
        return lastError;
    }

    /** How often a connection became ready, not counting the first time. */
    long reconnects() {
        return Math.max(0, timesReady.get() - 1);
    }

    /** The connection that accepts commands at this moment; null if there is none. */
    EslConnection usable() {
        return ready && connection.isOpen() ? connection : null;
    }

    /** Starts to connect, unless there is a connection or one is being made. */
    void connect() {
        cancelRetry();
        if (closed || connection != null) {
            return;
        }
        EslConnection opening = new EslConnection(settings, loop, sockets, this);
        connection = opening;
        try {
            open(opening);
        } catch (RuntimeException | Error e) {
            opening.drop("cannot connect: " + e);
        }
    }

    private void open(EslConnection opening) {
        address.lookUp()
                .whenCompleteAsync(
                        (found, fault) -> {
                            if (fault != null) {
                                opening.drop("cannot connect: the host's name cannot be looked up: " + fault);
                            } else if (found.isUnresolved()) {
                                opening.drop("cannot connect: the host's name is not known");
                            } else {
                                opening.open(found);
                            }
                        },
                        loop);
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    /** Drops the connection, if there is one. The next one is made after the shortest wait. */
    void drop(String reason) {
        if (connection != null) {
            connection.drop(reason);
        }
        backoff.reset();
    }

    /**
     * Connects with other settings. The switch may still read what was sent to it before, within the grace. What it
     * sends on the earlier connection from this moment on is ignored.
     */
    void reconnect(EslSettings changed, Duration grace) {
        EslConnection earlier = connection;
        boolean wasReady = ready;
        reachBy(changed);
        connection = null;
        ready = false;
        accepting = false;
        toldReason = null;
        String reason = changed + ": its settings were changed, and it is not connected yet";
        if (earlier != null) {
            lastError = reason;
            earlier.exit(reason, grace, new CompletableFuture<>());
        }
        if (wasReady) {
            tell(() -> listener.onDown(reason));
        }
        connect();
    }

    /** From this call on no connection is made. Any thread may call it. Returns whether this is the first call. */
    synchronized boolean closing() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Ends the session with the switch. Completes {@code over} when that is done, or when the grace has passed. */
    void close(String reason, Duration grace, CompletableFuture<Void> over) {
        ready = false;
        accepting = false;
        cancelRetry();
        if (connection != null) {
            connection.exit(reason, grace, over);
            connection = null;
        } else {
            over.complete(null);
        }
    }

    /** The connection is logged in and subscribed. It accepts commands from this moment on. */
    void ready(String uuid) {
        boolean restarted = coreUuid != null && !coreUuid.equals(uuid);
        coreUuid = uuid;
        timesReady.incrementAndGet();
        backoff.reset();
        toldReason = null;
        ready = true;
        accepting = true;
        LOG.info("{}: connected, core {}", settings, uuid);
        readyAt = System.nanoTime();
        if (restarted) {
            jobs.failAll(settings + " was restarted", true);
        } else {
            jobs.lives();
        }
        tell(() -> listener.onReady(uuid));
    }

    /** The connection has received an event. */
    void event(EslEvent event) {
        if (event.name().equals("BACKGROUND_JOB")) {
            String jobUuid = event.get("Job-UUID");
            String result = event.body();
            jobs.finish(jobUuid, result == null ? "" : result);
        }
        tell(() -> listener.onEvent(event));
    }

    /** The connection takes no more commands, and ends when it has read what the switch sent before. */
    void ending(EslConnection from) {
        if (from == connection) {
            accepting = false;
        }
    }

    /**
     * A connection has ended, whatever the cause.
     *
     * @param reason one sentence without the password
     */
    void down(EslConnection from, String reason) {
        if (from != connection) {
            return;
        }
        connection = null;
        boolean wasReady = ready;
        boolean atOnce = wasReady && System.nanoTime() - readyAt >= STEADY.toNanos();
        ready = false;
        accepting = false;
        lastError = reason;
        if (closed || loop.isShuttingDown()) {
            return;
        }
        long wait = atOnce ? 0 : backoff.next().toMillis();
        retry = loop.schedule(this::connect, wait, TimeUnit.MILLISECONDS);
        if (!wasReady && reason.equals(toldReason)) {
            LOG.debug("{}", reason);
            return;
        }
        toldReason = reason;
        LOG.warn("{}; trying again until it works", reason);
        tell(() -> listener.onDown(reason));
    }

    /** A failure of the listener does not affect the connection. */
    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("{}: the listener failed, the connection stays", settings, e);
        }
    }
}

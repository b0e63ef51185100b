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
 * Makes a connection, and another whenever one is lost: at once, and then with exponential back-off, for ever. Tells the
 * listener and the jobs what comes of it. What it does is done on the event loop only; what it tells any thread may ask.
 */
final class ConnectionKeeper implements EslConnection.Owner {

    /** One that was ready for so long is made again at once; one that is cut as soon as it is ready would be without end. */
    private static final Duration STEADY = Duration.ofSeconds(1);

    // Its log is EslClient's: who keeps the connection does not matter to who reads of it.
    private static final Logger LOG = LoggerFactory.getLogger(EslClient.class);

    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> sockets;
    private final Executor nameLookUps;
    private final EslListener listener;
    private final BackgroundJobs jobs;
    private final AtomicLong timesReady = new AtomicLong();
    private volatile boolean ready;
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

    /** @param nameLookUps where the host's name is looked up, which may block */
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
        backoff = new Backoff(wanted.reconnectFirst(), wanted.reconnectMost());
    }

    boolean isReady() {
        return ready;
    }

    boolean isClosed() {
        return closed;
    }

    /** The switch's incarnation as of the last ready connection; null before the first. */
    String coreUuid() {
        return coreUuid;
    }

    /** Why the connection was last down, kept when it is up again; null if it never was. */
    String lastError() {
        return lastError;
    }

    /** How often a connection became ready after the first time. */
    long reconnects() {
        return Math.max(0, timesReady.get() - 1);
    }

    /** The connection that takes commands now; null if there is none. */
    EslConnection usable() {
        return ready && connection.isOpen() ? connection : null;
    }

    /** Begins to connect, unless there is a connection or one is being made. */
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

    /** Drops the connection, if there is one, so that the next is made after the shortest wait. */
    void drop(String reason) {
        if (connection != null) {
            connection.drop(reason);
        }
        backoff.reset();
    }

    /**
     * Connects by other settings. The switch may read all that it was sent before, within the grace; what it says on the earlier
     * connection from now on is passed over.
     */
    void reconnect(EslSettings changed, Duration grace) {
        EslConnection earlier = connection;
        boolean wasReady = ready;
        reachBy(changed);
        connection = null;
        ready = false;
        toldReason = null;
        String reason = changed + ": it is to be reached by changed settings, and not connected yet";
        if (earlier != null) {
            lastError = reason;
            earlier.exit(reason, grace, new CompletableFuture<>());
        }
        if (wasReady) {
            tell(() -> listener.onDown(reason));
        }
        connect();
    }

    /** From now on no connection is made; any thread may say so. Tells whether it was said for the first time. */
    synchronized boolean closing() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Takes leave of the switch; completes {@code over} when that has been done, or the grace has passed. */
    void close(String reason, Duration grace, CompletableFuture<Void> over) {
        ready = false;
        cancelRetry();
        if (connection != null) {
            connection.exit(reason, grace, over);
            connection = null;
        } else {
            over.complete(null);
        }
    }

    @Override
    public void ready(EslConnection from, String uuid) {
        boolean restarted = coreUuid != null && !coreUuid.equals(uuid);
        coreUuid = uuid;
        timesReady.incrementAndGet();
        backoff.reset();
        toldReason = null;
        ready = true;
        LOG.info("{}: connected, core {}", settings, uuid);
        readyAt = System.nanoTime();
        if (restarted) {
            jobs.restarted(settings + " was restarted");
        } else {
            jobs.lives();
        }
        tell(() -> listener.onReady(uuid));
    }

    @Override
    public void event(EslEvent event) {
        if (event.name().equals("BACKGROUND_JOB")) {
            String jobUuid = event.get("Job-UUID");
            String result = event.body();
            jobs.finish(jobUuid, result == null ? "" : result);
        }
        tell(() -> listener.onEvent(event));
    }

    @Override
    public void down(EslConnection from, String reason) {
        if (from != connection) {
            return;
        }
        connection = null;
        boolean wasReady = ready;
        boolean atOnce = wasReady && System.nanoTime() - readyAt >= STEADY.toNanos();
        ready = false;
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

    /** A fault of the listener is its own: the connection goes on. */
    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("{}: the listener failed, going on", settings, e);
        }
    }
}

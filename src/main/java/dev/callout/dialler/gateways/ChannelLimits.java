package dev.callout.dialler.gateways;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.store.gateway.LimitCalls;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the calls of gateways with {@code max_calls} their channels. Each node takes channels in the database as it needs
 * them, and returns those that it does not use, so that the limit holds over all campaigns, switches and nodes. A call
 * keeps its channel until its end is known, also if its node is lost: until then it counts. Thread-safe.
 */
public final class ChannelLimits {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLimits.class);

    /** How often channels are taken for numbers that wait. */
    private static final Duration TICK = Duration.ofMillis(20);

    /** How many ticks pass from one return of unused channels to the next. */
    private static final int RETURN = 25;

    /** How many ticks pass from one look for the channels of lost nodes to the next. */
    private static final int FREE = 100;

    /** How long a number waits that got no channel. */
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(2);

    /** One number waits for each so many channels, so that channels are soon used again. */
    private static final int WAITING_SHARE = 10;

    private final LimitCalls calls;
    private final GatewayTable table;
    private final Attempts attempts;
    private final Supplier<String> incarnation;
    private final LostChannels lost;
    private final InstantSource clock;
    private final Map<String, ChannelQueue> queues = new ConcurrentHashMap<>();
    private ScheduledExecutorService thread;
    private volatile boolean open;
    private String owner;
    private int ticks;

    /**
     * @param calls       has the channels of all nodes; null: nothing is limited
     * @param table       has the limits
     * @param attempts    the calls that this node follows
     * @param incarnation gives this node's incarnation; null: it has no lease
     * @param lost        frees the channels of lost nodes
     * @param clock       the steady clock, which never steps
     */
    public ChannelLimits(
            LimitCalls calls,
            GatewayTable table,
            Attempts attempts,
            Supplier<String> incarnation,
            LostChannels lost,
            InstantSource clock) {
        this.calls = calls;
        this.table = table;
        this.attempts = attempts;
        this.incarnation = incarnation;
        this.lost = lost;
        this.clock = clock;
    }

    /** Returns those of an installation that limits nothing. */
    public static ChannelLimits none() {
        return new ChannelLimits(
                null, new GatewayTable(null), new Attempts(), () -> null, null, InstantSource.system());
    }

    private boolean areFor(Gateway gateway) {
        return calls != null && gateway.limit().maxCalls() != null;
    }

    private static ChannelQueue fresh(String gateway) {
        return new ChannelQueue();
    }

    /**
     * Makes a number wait for a channel.
     *
     * @return completes at once if its gateway has no limit; fails with {@link NotNowException} if it gets none
     */
    CompletableFuture<Void> channel(Attempt attempt) {
        Gateway gateway = table.of(attempt);
        if (!areFor(gateway)) {
            return CompletableFuture.completedFuture(null);
        }
        if (!open) {
            return CompletableFuture.failedFuture(new NotNowException(Switches.NO_NEW_CALLS));
        }
        return queues.computeIfAbsent(gateway.name(), ChannelLimits::fresh).channel(attempt, clock.instant());
    }

    /**
     * Requires that an attempt has what it needs to leave.
     *
     * @throws NotNowException if it has not
     */
    public void require(Attempt attempt) throws NotNowException {
        Gateway gateway = table.of(attempt);
        if (areFor(gateway)) {
            ChannelQueue queue = queues.get(gateway.name());
            if (queue == null || !queue.has(attempt)) {
                throw new NotNowException("its gateway has max_calls, and it has no channel there");
            }
        }
    }

    /** The attempt has no call, or none any more. */
    void over(Attempt attempt) {
        if (areFor(table.of(attempt))) {
            complete(queues.computeIfAbsent(table.of(attempt).name(), ChannelLimits::fresh)
                    .over(attempt));
        }
    }

    private static void complete(List<CompletableFuture<Void>> given) {
        given.forEach(channel -> channel.complete(null));
    }

    /** How many more calls find a channel at the gateway. */
    int room(Gateway gateway) {
        return areFor(gateway) ? room(gateway, 0) : Integer.MAX_VALUE;
    }

    /** How many more numbers may be claimed for the gateway: those that find a channel, and some that wait for the next. */
    int claimable(Gateway gateway) {
        return areFor(gateway) ? room(gateway, 1 + gateway.limit().maxCalls() / WAITING_SHARE) : Integer.MAX_VALUE;
    }

    private int room(Gateway gateway, int waiting) {
        ChannelQueue queue = queues.get(gateway.name());
        int most = gateway.limit().maxCalls() + waiting;
        return queue == null ? most : queue.room(most);
    }

    private void tick() {
        try {
            String current = incarnation.get();
            if (!Objects.equals(current, owner)) {
                // What the earlier incarnation had is that of a lost node.
                queues.values().forEach(queue -> turnAway(queue, Instant.MAX));
                queues.clear();
                owner = current;
            }
            boolean all = ticks++ % RETURN == 0;
            if (owner != null && all) {
                table.waysOut().gateways().values().stream()
                        .filter(one -> one.isUsable() && areFor(one))
                        .forEach(one -> queues.computeIfAbsent(one.name(), ChannelLimits::fresh));
            }
            for (Map.Entry<String, ChannelQueue> one : queues.entrySet()) {
                turnAway(one.getValue(), clock.instant().minus(ChannelQueue.LONGEST_WAIT));
                if (owner != null && (all || one.getValue().asks(clock.instant()))) {
                    settle(one.getKey(), one.getValue(), all);
                }
            }
            if (owner != null && ticks % FREE == 0 && !queues.isEmpty()) {
                lost.free();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Channels of lost nodes cannot be freed now", e);
        }
    }

    private static void turnAway(ChannelQueue queue, Instant before) {
        queue.tired(before)
                .forEach(channel -> channel.completeExceptionally(
                        new NotNowException("its gateway is at max_calls", OTHERS_FIRST)));
    }

    /** Settles one gateway. Where the database does not answer, or somebody holds its row, the others are settled all the same. */
    private void settle(String name, ChannelQueue queue, boolean all) {
        try {
            settleOrThrow(name, queue, all);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Channels at gateway {} cannot be taken or returned now", name, e);
            queue.unknown();
        }
    }

    private void settleOrThrow(String name, ChannelQueue queue, boolean all) throws SQLException {
        Gateway gateway = table.waysOut().gateway(name);
        if (all) {
            queue.keepOnly(one -> one.owner().equals(owner) && attempts.follows(one));
        }
        if (!areFor(gateway)) {
            complete(queue.release());
            queues.remove(name);
            calls.settle(limited(name), owner, new LimitCalls.Need(0, 0, Integer.MAX_VALUE, 0, 0));
            return;
        }
        List<Attempt> up =
                all ? attempts.all().stream().filter(one -> isUp(one, name)).toList() : List.of();
        LimitCalls.Need need = queue.need(up, gateway.limit().maxCalls(), clock.instant());
        calls.settle(limited(name), owner, need)
                .ifPresentOrElse(settled -> complete(queue.settled(settled)), queue::unknown);
    }

    /** Calls of lost nodes that this one follows, and calls that were made before there was a limit, have channels, too. */
    private boolean isUp(Attempt attempt, String gateway) {
        return attempt.owner().equals(owner)
                && attempt.has(Fact.HAS_CHANNEL)
                && attempt.lastNews() == null
                && gateway.equals(table.of(attempt).name());
    }

    private static String limited(String gateway) {
        return "gateway " + gateway;
    }

    /** Starts or stops giving channels. If it stops, the numbers that wait go back at once. */
    void give(boolean on) {
        open = on;
        if (!on) {
            queues.values().forEach(queue -> turnAway(queue, Instant.MAX));
        }
    }

    void start(ExecutorServiceManager threads) {
        thread = threads.newSingleThreadScheduledExecutor(this, "CalloutChannels");
        if (calls != null) {
            thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends it, and returns the channels that no call of this node has. */
    void stop(ExecutorServiceManager threads) {
        thread.execute(this::returnUnused);
        threads.shutdownGraceful(thread, TICK.toMillis() * RETURN);
    }

    private void returnUnused() {
        queues.forEach((name, queue) -> {
            try {
                calls.settle(limited(name), owner, queue.ending());
            } catch (SQLException | RuntimeException e) {
                LOG.debug("Channels at gateway {} are free when this node counts as lost", name, e);
            }
        });
    }
}

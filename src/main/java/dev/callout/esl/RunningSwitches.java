package dev.callout.esl;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import dev.callout.esl.wire.EslSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switches that a component is connected to, from its start to its stop: their threads, and where they are shown. */
final class RunningSwitches {

    private static final Logger LOG = LoggerFactory.getLogger(RunningSwitches.class);

    private static final int TICK_MS = 250;

    private final Map<String, EslSwitch> running = new ConcurrentHashMap<>();
    private final KeptFeeds keptFeeds;
    private ExecutorServiceManager threads;
    private InstantSource clock;
    private EslMeters meters;
    private SwitchMBeans mbeans;
    /** Null before the start. */
    private EventLoopGroup eventLoops;
    private ExecutorService nameLookUps;
    private ScheduledExecutorService timer;

    /** @param keptFeeds lets time pass for them, too */
    RunningSwitches(KeptFeeds keptFeeds) {
        this.keptFeeds = keptFeeds;
    }

    /**
     * Makes the threads.
     *
     * @param source whose threads they are, as Camel shows them
     * @param most   about how many switches there will be
     */
    void open(CamelContext context, Object source, InstantSource clock, EslMeters meters, int most) {
        threads = context.getExecutorServiceManager();
        this.clock = clock;
        this.meters = meters;
        mbeans = new SwitchMBeans(context);
        ThreadFactory connectionThreads = task -> threads.newThread("EslConnection", task);
        eventLoops = new NioEventLoopGroup(Math.min(2, Math.max(1, most)), connectionThreads);
        // Not the workers: with the name server away, all of them might hang in look-ups. One thread a switch at most.
        nameLookUps = threads.newCachedThreadPool(source, "EslNameLookUp");
        timer = threads.newSingleThreadScheduledExecutor(source, "EslTimer");
        timer.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        keptFeeds.tick();
        for (EslSwitch one : running.values()) {
            try {
                one.tick();
            } catch (RuntimeException e) {
                // Thrown out of here it would end the timer, and with it every grace and latest end.
                LOG.error("Switch {}: letting time pass failed, going on", one.getName(), e);
            }
        }
    }

    /** Begins to connect to a switch, unless there is one of this name; returns that which there is then. */
    EslSwitch connect(EslSettings settings) {
        return running.computeIfAbsent(settings.name(), absent -> {
            EslSwitch one = new EslSwitch(settings, eventLoops, nameLookUps, clock);
            mbeans.register(one);
            meters.added(one);
            one.start();
            return one;
        });
    }

    /** The switch of this name; null if there is none. */
    EslSwitch named(String name) {
        return running.get(name);
    }

    Collection<EslSwitch> all() {
        return running.values();
    }

    /**
     * Takes leave of all switches, and ends the threads; does nothing if it was never opened.
     *
     * @param grace how long switches may take to read what they were sent
     */
    void close(Duration grace) throws InterruptedException {
        if (eventLoops == null) {
            return;
        }
        threads.shutdown(timer);
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        for (EslSwitch one : running.values()) {
            mbeans.unregister(one);
            meters.removed(one);
            leaving.add(one.close(grace));
        }
        running.clear();
        // Switches read what they were sent before the sockets are reset; see EslClient.over.
        CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 2 * grace.toMillis(), TimeUnit.MILLISECONDS).join();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(1, TimeUnit.SECONDS);
        threads.shutdownNow(nameLookUps);
    }
}

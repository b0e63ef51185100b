package dev.callout.esl.switches;

import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switches that a component is connected to, from its start to its stop: their threads, their consumers, and their
 * publication in JMX and metrics. Any thread may use it.
 */
public final class RunningSwitches {

    private static final Logger LOG = LoggerFactory.getLogger(RunningSwitches.class);

    private static final int TICK_MS = 250;

    /**
     * The queue limit of the workers. Each call or command in progress waits for a worker at most once, and a switch
     * has far fewer calls up than this. Beyond the limit, the connection's own thread has to help. Camel's usual limit
     * of 1,000 is too low: it is exceeded when a switch ends all its calls at once.
     */
    private static final int MOST_WAITING = 100_000;

    private final Map<String, EslSwitch> running = new ConcurrentHashMap<>();
    /**
     * The names of the switches that were configured on the component, not those of single endpoints. Includes switches
     * that are being removed.
     */
    private final Set<String> given = ConcurrentHashMap.newKeySet();

    private final Map<Object, Hearer> hearers = new ConcurrentHashMap<>();
    private final KeptFeeds keptFeeds = new KeptFeeds(this::hearNoMore);
    private ExecutorServiceManager threads;
    private InstantSource clock;
    private EslMeters meters;
    private SwitchMBeans mbeans;
    /** Null before the start. */
    private EventLoopGroup eventLoops;

    private ExecutorService workers;
    private ExecutorService nameLookUps;
    private ScheduledExecutorService timer;

    /**
     * A consumer's feed or buffer.
     *
     * @param switchName the switch that it receives from; null: all that were configured on the component
     */
    private record Hearer(String switchName, Consumer<EslSwitch> join, Consumer<EslSwitch> part) {}

    /**
     * Creates the threads.
     *
     * @param source        the owner of the threads, as Camel shows it
     * @param most          about how many switches there will be
     * @param workerThreads how many {@link #workers} there are
     */
    public void open(
            CamelContext context, Object source, InstantSource clock, EslMeters meters, int most, int workerThreads) {
        threads = context.getExecutorServiceManager();
        this.clock = clock;
        this.meters = meters;
        mbeans = new SwitchMBeans(context);
        ThreadFactory connectionThreads = task -> threads.newThread("EslConnection", task);
        eventLoops = new NioEventLoopGroup(Math.min(2, Math.max(1, most)), connectionThreads);
        workers = threads.newThreadPool(
                source,
                "EslWorker",
                new ThreadPoolProfileBuilder("EslWorker")
                        .poolSize(workerThreads)
                        .maxPoolSize(workerThreads)
                        .maxQueueSize(MOST_WAITING)
                        .build());
        // Not the workers: if the name server is away, look-ups could block all of them. At most one thread for each
        // switch.
        nameLookUps = threads.newCachedThreadPool(source, "EslNameLookUp");
        timer = threads.newSingleThreadScheduledExecutor(source, "EslTimer");
        timer.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        keptFeeds.tick();
        for (EslSwitch one : running.values()) {
            try {
                one.tick();
                closeIfLeft(one);
            } catch (RuntimeException e) {
                // An exception that leaves this method would end the timer, and with it every grace and latest end.
                LOG.error("Switch {}: the periodic check failed, the next one follows", one.getName(), e);
            }
        }
    }

    /**
     * Starts to connect to an endpoint's own switch, unless a switch of this name exists. Returns the switch of this
     * name.
     */
    public synchronized EslSwitch connect(EslSettings settings) {
        EslSwitch known = running.get(settings.name());
        return known == null ? add(settings) : known;
    }

    /**
     * Sets the component's switches: connects to the new ones, and reconnects to those whose settings changed. A switch
     * that is no longer listed gets no new calls; it is disconnected when its calls have ended.
     */
    public synchronized void be(List<EslSettings> wanted) {
        boolean atFirst = given.isEmpty();
        wanted.forEach(one -> have(one, atFirst));
        Set<String> names = wanted.stream().map(EslSettings::name).collect(Collectors.toSet());
        running.values().stream()
                .filter(one -> given.contains(one.getName()) && !names.contains(one.getName()) && !one.isLeaving())
                .forEach(one -> {
                    one.leave(true);
                    LOG.info(
                            "Switch {} is being removed: it gets no new calls; its connection closes when its {} calls have ended",
                            one.getName(),
                            one.getCallsUp());
                    closeIfLeft(one);
                });
    }

    private void have(EslSettings wanted, boolean atFirst) {
        given.add(wanted.name());
        EslSwitch one = running.get(wanted.name());
        if (one == null) {
            add(wanted);
            if (!atFirst) {
                LOG.info("Switch {} is added", wanted);
            }
            return;
        }
        if (one.isLeaving()) {
            one.leave(false);
            LOG.info("Switch {} is added again before its {} calls have ended", wanted.name(), one.getCallsUp());
        }
        if (!one.isReachedBy(wanted)) {
            LOG.info("Switch {} is reconnected with changed settings; {} calls are up on it", wanted, one.getCallsUp());
            one.reachBy(wanted);
        }
    }

    private EslSwitch add(EslSettings settings) {
        EslSwitch one = new EslSwitch(settings, eventLoops, nameLookUps, clock);
        running.put(settings.name(), one);
        hearers.values().stream().filter(hearer -> hears(hearer, one)).forEach(hearer -> hearer.join()
                .accept(one));
        mbeans.register(one);
        meters.added(one);
        one.start();
        return one;
    }

    private synchronized void closeIfLeft(EslSwitch one) {
        if (one.isLeft() && running.remove(one.getName(), one)) {
            given.remove(one.getName());
            LOG.info("Switch {} was removed and has no calls any more: its connection is closed", one.getName());
            leave(one, EslClient.CLOSING_GRACE);
        }
    }

    private CompletableFuture<Void> leave(EslSwitch one, Duration grace) {
        mbeans.unregister(one);
        meters.removed(one);
        return one.close(grace);
    }

    /**
     * Connects a consumer to switches, including those that are added later.
     *
     * @param consumer   its feed or buffer
     * @param switchName the switch to receive from; null: all that were configured on the component
     * @param join       connects the consumer to a switch
     * @param part       disconnects it
     */
    public synchronized void hear(
            Object consumer, String switchName, Consumer<EslSwitch> join, Consumer<EslSwitch> part) {
        Hearer hearer = new Hearer(switchName, join, part);
        hearers.put(consumer, hearer);
        running.values().stream().filter(one -> hears(hearer, one)).forEach(join);
    }

    private boolean hears(Hearer hearer, EslSwitch one) {
        return hearer.switchName() == null
                ? given.contains(one.getName())
                : hearer.switchName().equals(one.getName());
    }

    /** The undelivered call states of stopped routes. */
    public KeptFeeds keptFeeds() {
        return keptFeeds;
    }

    /** Disconnects a consumer from all switches. */
    public synchronized void hearNoMore(Object consumer) {
        Hearer hearer = hearers.remove(consumer);
        if (hearer != null) {
            running.values().forEach(hearer.part());
        }
    }

    /** The threads that continue after a switch has answered. No part of a route runs on a connection's thread. */
    public Executor workers() {
        return workers;
    }

    /** The switch of this name; null if there is none. */
    public EslSwitch named(String name) {
        return running.get(name);
    }

    /** All switches, including those of single endpoints and those that are being removed. */
    public Collection<EslSwitch> all() {
        return running.values();
    }

    /**
     * Ends the sessions with all switches, and ends the threads. Does nothing if it was never opened.
     *
     * @param grace how long switches may take to read what was sent to them
     */
    public void close(Duration grace) throws InterruptedException {
        if (eventLoops == null) {
            return;
        }
        threads.shutdown(timer);
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        synchronized (this) {
            running.values().forEach(one -> leaving.add(leave(one, grace)));
            running.clear();
            given.clear();
        }
        // Switches read what was sent to them before the sockets are reset; see EslClient.over.
        CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 2 * grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(1, TimeUnit.SECONDS);
        threads.shutdownNow(nameLookUps);
        threads.shutdown(workers);
    }
}

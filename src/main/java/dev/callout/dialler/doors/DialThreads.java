package dev.callout.dialler.doors;

import dev.callout.campaign.NotNowException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run the steps that bring numbers to the switch. The steps of one campaign run on one thread in order
 * of arrival, as long as none takes long. If one does, further threads continue beside it, so that a step that blocks
 * slows down only its own campaign. A campaign gets a further thread while it has fewer threads than are free: one that
 * blocks takes half of all threads, the next one half of the rest, and so on.
 */
public final class DialThreads extends ServiceSupport implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(DialThreads.class);

    /**
     * How long a step waits for those before it. With a shorter time, a pause of the machine would mix up the order.
     */
    private static final Duration PATIENCE = Duration.ofMillis(20);
    /** Far more than numbers are claimed ahead. */
    private static final int MOST_WAITING = 20_000;
    /** The same for one campaign, so that a campaign whose steps never end leaves room for others. */
    private static final int MOST_WAITING_OF_ONE = 5_000;
    /** Used when many numbers of a campaign wait for steps that do not end: its numbers need not come again at once. */
    private static final Duration LATER = Duration.ofSeconds(5);
    /** The highest value that can be set. */
    private static final int MOST_THREADS = 1_000;

    private final CamelContext camelContext;
    private final String name;
    private final IntSupplier most;
    private final Map<Long, Lane> lanes = new LinkedHashMap<>();
    private final ThreadLocal<Lane> current = new ThreadLocal<>();
    private ExecutorService threads;
    private ScheduledExecutorService timer;
    private volatile int busy;
    private volatile int allWaiting;
    private boolean looking;

    /** The waiting steps of one campaign, and the number of threads that work for it. */
    private static final class Lane {
        private final long campaign;
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private int busy;

        private Lane(long campaign) {
            this.campaign = campaign;
        }

        private boolean waitsFor(Duration time, long now) {
            return !waiting.isEmpty() && now - waiting.element().since() >= time.toNanos();
        }
    }

    private record Waiting(Runnable step, long since) {}

    /**
     * @param name the name of the threads
     * @param most gives the maximum number of threads; from 2 to 1000
     */
    public DialThreads(CamelContext camelContext, String name, IntSupplier most) {
        this.camelContext = camelContext;
        this.name = name;
        this.most = most;
    }

    /** Whether the current thread is one of these and works for that campaign. */
    public boolean isOn(long campaign) {
        Lane lane = current.get();
        return lane != null && lane.campaign == campaign;
    }

    /**
     * Runs a step of a campaign on one of the threads.
     *
     * @throws NotNowException if too many steps are already waiting
     */
    public synchronized void execute(long campaign, Runnable step) throws NotNowException {
        if (allWaiting >= MOST_WAITING) {
            throw new NotNowException("too many numbers wait for steps that take long", LATER);
        }
        Lane lane = lanes.computeIfAbsent(campaign, Lane::new);
        if (lane.waiting.size() >= MOST_WAITING_OF_ONE) {
            throw new NotNowException("too many numbers of the campaign wait for steps that take long", LATER);
        }
        lane.waiting.add(new Waiting(step, System.nanoTime()));
        allWaiting++;
        if (lane.busy == 0) {
            help(lane);
        }
        lookSoon();
    }

    /** Assigns a further thread to a campaign, if it may have one. */
    private boolean help(Lane lane) {
        if (lane.busy >= most.getAsInt() - busy) {
            return false;
        }
        try {
            threads.execute(() -> work(lane));
        } catch (RejectedExecutionException e) {
            // A thread that has just finished is not back in the pool yet. The next look, which comes soon, tries
            // again.
            return false;
        }
        lane.busy++;
        busy++;
        return true;
    }

    private void lookSoon() {
        if (!looking && allWaiting > 0) {
            looking = true;
            timer.schedule(this::look, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void look() {
        looking = false;
        long now = System.nanoTime();
        for (Lane lane : List.copyOf(lanes.values())) {
            boolean stuck = lane.busy == 0 || lane.waitsFor(PATIENCE, now);
            for (int more = lane.waiting.size(); stuck && more > 0 && help(lane); more--) {
                LOG.trace("A step of campaign {} takes long: {} threads are at work for it", lane.campaign, lane.busy);
            }
        }
        lookSoon();
    }

    private void work(Lane lane) {
        current.set(lane);
        try {
            for (Runnable step = next(lane); step != null; step = next(lane)) {
                run(step);
            }
        } finally {
            current.remove();
        }
    }

    private static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A step has failed with an exception that nothing caught. Its thread goes on", e);
        }
    }

    private synchronized Runnable next(Lane lane) {
        boolean makesRoom = busy >= most.getAsInt()
                && lane.busy > 1
                && lanes.values().stream().anyMatch(one -> one.busy == 0);
        Waiting next = makesRoom ? null : lane.waiting.poll();
        if (next != null) {
            allWaiting--;
            return next.step();
        }
        lane.busy--;
        busy--;
        if (lane.busy == 0 && lane.waiting.isEmpty()) {
            lanes.remove(lane.campaign);
        }
        return null;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("callout.dial.threads.busy", this, one -> one.busy)
                .description("Threads that steps of route dial run on")
                .register(registry);
        Gauge.builder("callout.dial.steps.waiting", this, one -> one.allWaiting)
                .description("Numbers that wait for a thread to go on with their steps")
                .register(registry);
    }

    @Override
    protected void doStart() {
        threads = camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        name,
                        new ThreadPoolProfileBuilder(name)
                                .poolSize(1)
                                .maxPoolSize(MOST_THREADS)
                                .maxQueueSize(0)
                                .keepAliveTime(10L, TimeUnit.SECONDS)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
        timer = camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, name + "Timer");
        synchronized (this) {
            // The timer of an earlier start was ended before it had looked.
            looking = false;
            lookSoon();
        }
    }

    @Override
    protected void doStop() {
        if (threads != null) {
            camelContext.getExecutorServiceManager().shutdown(timer);
            camelContext.getExecutorServiceManager().shutdown(threads);
        }
    }
}

package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.callout.esl.EslConstants;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switches that calls go out on: which of them answer, and how fast each is given calls. */
public final class Switches implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

    /** So long a number waits whose own switch or gateway cannot take it, while those of others can. */
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(5);

    private final Map<String, Turns> switches = new TreeMap<>();
    private final Map<String, String> coreUuids = new ConcurrentHashMap<>();
    private final Attempts attempts;
    private final Gateways gateways;
    private final InstantSource clock;
    private CamelContext camelContext;
    private ScheduledExecutorService timer;
    private RouteThread routeThread;
    /** Whether nobody's turn comes any more: this node is stopping, or drained. */
    private volatile boolean closed;

    private record Coming(Attempt attempt, CompletableFuture<Attempt> come) {
    }

    /** Wakes up when somebody's turn on one switch has come. */
    private final class Turns {

        private final SwitchPace<Coming> pace;
        private final Departures<Coming> departures = new Departures<>();
        private final Refusals refusals = new Refusals();
        private final AtomicBoolean awaited = new AtomicBoolean();
        /** What the timer waits for to let calls depart; null: for nothing. */
        private Instant departure;

        private Turns(SwitchPace<Coming> pace) {
            this.pace = pace;
        }

        private void change(double callsPerSecond) {
            pace.change(callsPerSecond);
            give();
            awaitDeparture();
        }

        private void await() {
            Instant now = clock.instant();
            Instant next = pace.next(now);
            if (next != null && awaited.compareAndSet(false, true)) {
                Duration wait = Duration.between(now, next).minus(Pace.READYING);
                timer.schedule(this::give, Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
            }
        }

        private void give() {
            awaited.set(false);
            Instant now = clock.instant();
            pace.take(now, now.plus(Pace.READYING)).forEach(turn -> {
                turn.what().attempt().turn(turn.at());
                turn.what().come().complete(turn.what().attempt());
            });
            await();
        }

        private synchronized void awaitDeparture() {
            Instant next = departures.next(pace.gap());
            if (next != null && (departure == null || next.isBefore(departure))) {
                departure = next;
                timer.schedule(() -> depart(next), Math.max(0, Duration.between(clock.instant(), next).toNanos()),
                        TimeUnit.NANOSECONDS);
            }
        }

        private void depart(Instant awaitedFor) {
            synchronized (this) {
                if (!awaitedFor.equals(departure)) {
                    return;
                }
                departure = null;
            }
            List<Coming> departing = departures.take(clock.instant(), pace.gap());
            departing.forEach(one -> one.come().complete(one.attempt()));
            pace.notBefore(departures.freeFrom(pace.gap()));
            awaitDeparture();
        }
    }

    /** @param clock one that never steps */
    Switches(Map<String, Double> callsPerSecond, Attempts attempts, Gateways gateways, InstantSource clock) {
        callsPerSecond.forEach((name, rate) -> switches.put(name, new Turns(new SwitchPace<>(rate))));
        this.attempts = attempts;
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Gives each switch that is there as many calls a second as stands here. */
    void change(Map<String, Double> callsPerSecond) {
        callsPerSecond.forEach((name, rate) -> switches.get(name).change(rate));
    }

    /** The names of all switches. */
    public List<String> names() {
        return List.copyOf(switches.keySet());
    }

    /** Notes that a switch has answered, with its Core-UUID. */
    public void answers(@Header(EslConstants.SWITCH) String name, @Body String coreUuid) {
        coreUuids.put(name, coreUuid.strip());
    }

    /** Notes that a switch does not answer; nothing is claimed for it until it does. The component has said why. */
    public void silent(@Header(EslConstants.SWITCH) String name) {
        coreUuids.remove(name);
    }

    /** The switches that answer. */
    Set<String> answering() {
        return Set.copyOf(coreUuids.keySet());
    }

    /** The incarnation of a switch; null if it does not answer. */
    String coreUuid(String name) {
        return coreUuids.get(name);
    }

    /** Whether any switch answers. */
    boolean anyAnswers() {
        return !coreUuids.isEmpty();
    }

    /** How many numbers the switches that answer can be given within the time ahead, those claimed and not given yet included. */
    int capacity(Duration ahead) {
        Instant now = clock.instant();
        return switches.entrySet().stream().filter(one -> coreUuids.containsKey(one.getKey()))
                .mapToInt(one -> one.getValue().pace.capacity(now, ahead)).sum();
    }

    /**
     * Chooses the switch that is free first, of those on which the call's gateway does not rest; the one that was chosen by a
     * door, if any was.
     *
     * @throws NotNowException if there is none
     */
    public void choose(@Body Attempt attempt) throws NotNowException {
        Instant now = clock.instant();
        String wanted = attempt.choice().switchName();
        List<String> freeFirst = switches.entrySet().stream().filter(one -> coreUuids.containsKey(one.getKey()))
                .filter(one -> wanted == null || wanted.equals(one.getKey()))
                .sorted(Comparator.comparing(one -> one.getValue().pace.turnOfNewcomer(now))).map(Map.Entry::getKey).toList();
        for (String name : freeFirst) {
            attempt.chosen(name);
            if (gateways.begin(attempt)) {
                return;
            }
        }
        attempt.chosen(null);
        throw new NotNowException("no switch answers, or the gateway rests",
                wanted != null || gateways.areChosenPerCall() ? OTHERS_FIRST : null);
    }

    /** Waits until the number's turn on the chosen switch is near, and its instant fixed. Blocks nobody. */
    public CompletionStage<Attempt> turn(@Body Attempt attempt) {
        CompletableFuture<Attempt> come = new CompletableFuture<>();
        CompletionStage<Attempt> next = routeThread.goOnAfter(come);
        Turns turns = switches.get(attempt.switchName());
        turns.pace.add(new Coming(attempt, come), attempt.isPaced() ? attempt.reserved() : null);
        attempts.placed(attempt);
        if (closed) {
            turnAway();
        } else {
            turns.await();
        }
        return next;
    }

    /** Lets turns come again, or no more: then those who wait for theirs go back at once. */
    void giveTurns(boolean on) {
        closed = !on;
        if (closed) {
            turnAway();
        }
    }

    private void turnAway() {
        switches.values().forEach(turns -> Stream.concat(turns.pace.takeAll().stream(), turns.departures.takeAll().stream())
                .forEach(turn -> turn.come().completeExceptionally(new NotNowException("this node makes no new calls"))));
    }

    /**
     * Waits until the number's instant has come and its switch may be given another call, so that no second has more calls than
     * the switch's rate allows, whatever held numbers up on their way here. Blocks nobody.
     */
    public CompletionStage<Attempt> depart(@Body Attempt attempt) {
        CompletableFuture<Attempt> come = new CompletableFuture<>();
        CompletionStage<Attempt> next = routeThread.goOnAfter(come);
        Turns turns = switches.get(attempt.switchName());
        turns.departures.add(new Coming(attempt, come), attempt.dialAt());
        if (closed) {
            turnAway();
        } else {
            turns.awaitDeparture();
        }
        return next;
    }

    /** By how much a call may be later than its campaign's instant, since turns on its switch come one by one. */
    Duration slotOf(Attempt attempt) {
        return switches.get(attempt.switchName()).pace.gap();
    }

    /** Slows the switch down that refused a call because it has too much to do. Says once if it refuses all. */
    void tooBusy(String name, String refusal) {
        Instant now = clock.instant();
        switches.get(name).pace.refused(now);
        if (switches.get(name).refusals.refused(now)) {
            LOG.warn("Switch {} refuses all calls ({}): it is paused, or at its max-sessions or sessions-per-second; see"
                    + " fs_cli -x status, and for a pause fs_cli -x 'fsctl resume outbound'. No attempt is charged, calls are"
                    + " tried on", name, refusal);
        }
    }

    /** Notes that the switch has made a channel for a call. */
    void taken(String name) {
        if (switches.get(name).refusals.taken()) {
            LOG.info("Switch {} takes calls again", name);
        }
    }

    /** That all switches that answer refuse all calls, in words; null if one does not, or none answers. */
    String refusal() {
        Instant now = clock.instant();
        Set<String> answering = new TreeSet<>(coreUuids.keySet());
        if (answering.isEmpty() || !answering.stream().allMatch(name -> switches.get(name).refusals.all(now))) {
            return null;
        }
        return answering.size() == 1 ? "switch " + answering.iterator().next() + " refuses all calls"
                : "switches " + String.join(", ", answering) + " refuse all calls";
    }

    /** Calls a second that a switch is given at present. */
    double rate(String name) {
        return switches.get(name).pace.rate();
    }

    /** Begins to give turns. Not as a service: Camel would stop it with each route that calls it. */
    void start() {
        timer = camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "CalloutSwitchPace");
        routeThread = new RouteThread(camelContext, this, "CalloutTurn");
    }

    /** Ends it; who waits for a turn is not dialled now. */
    void stop() {
        camelContext.getExecutorServiceManager().shutdown(timer);
        giveTurns(false);
        if (routeThread != null) {
            routeThread.shutdown();
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}

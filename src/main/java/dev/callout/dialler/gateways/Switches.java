package dev.callout.dialler.gateways;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.esl.EslConstants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.spi.ExecutorServiceManager;

/** The switches that calls go out on: which of them answer, and how fast each is given calls. */
public final class Switches {

    /** How long a number waits if its own switch or gateway cannot take it while those of others can take theirs. */
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(5);

    static final String NO_NEW_CALLS = "this node makes no new calls";

    private final Map<String, DialledSwitch> switches = new ConcurrentSkipListMap<>();
    private final Attempts attempts;
    private final Gateways gateways;
    private final CallLimits limits;
    private final ChannelLimits channels;
    private final InstantSource clock;
    private final Lead lead = new Lead();
    private final InstantTurns instants;
    private final RateShares rates = new RateShares();
    private ExecutorServiceManager threads;
    private ScheduledExecutorService timer;
    private RouteThread routeThread;
    private boolean started;
    private boolean drained;

    /**
     * @param limits   gives the calls of limited gateways their instants
     * @param channels gives the calls of limited gateways their channels
     * @param clock    a clock that never steps
     */
    public Switches(
            Map<String, Double> callsPerSecond,
            Attempts attempts,
            Gateways gateways,
            CallLimits limits,
            ChannelLimits channels,
            InstantSource clock) {
        this.attempts = attempts;
        this.gateways = gateways;
        this.limits = limits;
        this.channels = channels;
        this.clock = clock;
        this.instants = new InstantTurns(limits, attempts, lead, this::paceOf, this::later, clock);
        change(callsPerSecond);
    }

    /**
     * Sets the switches, each with the calls a second of all nodes together. Numbers that wait for their turn on a switch
     * that is no longer among them go back.
     */
    public synchronized void change(Map<String, Double> callsPerSecond) {
        rates.change(callsPerSecond);
        takeRates();
    }

    /**
     * Sets how many nodes run, this one included. Each of them takes an equal share of each switch's calls a second. Tells
     * once that it does, because earlier versions left the division to people.
     */
    public synchronized void shareAmong(int running) {
        if (rates.shareAmong(running)) {
            takeRates();
        }
    }

    private void takeRates() {
        Map<String, Double> ofThisNode = rates.ofThisNode();
        ofThisNode.forEach((name, rate) -> {
            DialledSwitch known = switches.get(name);
            if (known == null) {
                String closed = started && !drained ? null : NO_NEW_CALLS;
                switches.put(name, new DialledSwitch(name, rate, clock, this::later, lead, closed));
            } else {
                known.change(rate);
            }
        });
        for (String name : names()) {
            if (!ofThisNode.containsKey(name)) {
                switches.remove(name).close(removed(name).getMessage());
            }
        }
    }

    private static NotNowException removed(String name) {
        return new NotNowException("switch " + name + " is removed");
    }

    private void later(Duration time, Runnable task) {
        timer.schedule(task, Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** The names of all switches. */
    public List<String> names() {
        return List.copyOf(switches.keySet());
    }

    /** Records that a switch has answered, with its Core-UUID. */
    public void answers(@Header(EslConstants.SWITCH) String name, @Body String coreUuid) {
        known(name).ifPresent(one -> one.answers(coreUuid.strip()));
    }

    /**
     * Records that a switch does not answer. Nothing is claimed for it until it does. The component has logged the
     * reason.
     */
    public void silent(@Header(EslConstants.SWITCH) String name) {
        known(name).ifPresent(one -> one.answers(null));
    }

    private Optional<DialledSwitch> known(String name) {
        return Optional.ofNullable(switches.get(name));
    }

    private Stream<DialledSwitch> thatAnswer() {
        return switches.values().stream().filter(one -> one.coreUuid() != null);
    }

    /** The switches that answer. */
    public Set<String> answering() {
        return thatAnswer().map(DialledSwitch::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The incarnation of a switch; null if it does not answer, or is not configured here. */
    public String coreUuid(String name) {
        return known(name).map(DialledSwitch::coreUuid).orElse(null);
    }

    /** Whether any switch answers. */
    public boolean anyAnswers() {
        return thatAnswer().findAny().isPresent();
    }

    /**
     * How many numbers the answering switches can be given within the time ahead, including those claimed and not yet
     * given to a switch.
     */
    public int capacity(Duration ahead) {
        Instant now = clock.instant();
        return thatAnswer().mapToInt(one -> one.pace().capacity(now, ahead)).sum();
    }

    /**
     * Chooses the gateway and the switch. The gateway is the first in order that does not rest, and the switch the one
     * that is free first among those that have it and on which it does not rest. If a door has chosen a gateway or a
     * switch, only that one is considered.
     *
     * @throws UndialableException if no gateway serves the number
     * @throws NotNowException     if there is none
     */
    public void choose(@Body Attempt attempt) throws UndialableException, NotNowException {
        Instant now = clock.instant();
        String wanted = attempt.choice().switchName();
        List<String> freeFirst = thatAnswer()
                .filter(one -> wanted == null || wanted.equals(one.name()))
                .sorted(Comparator.comparing(one -> one.pace().turnOfNewcomer(now)))
                .map(DialledSwitch::name)
                .toList();
        for (Gateway gateway : gateways.choices(attempt)) {
            for (String name : freeFirst) {
                if (gateway.isOn(name) && gateways.begin(attempt, name, gateway.name())) {
                    return;
                }
            }
        }
        throw new NotNowException(
                "no switch answers, or the gateway rests",
                wanted != null
                                || gateways.areChosenPerCall()
                                || attempt.campaign().wayOut().gatewayGroup() != null
                        ? OTHERS_FIRST
                        : null);
    }

    /** How long before their departure this node prepares numbers. */
    Lead lead() {
        return lead;
    }

    /**
     * How long before its departure the number is to be taken up. One that may need an instant at its gateway is taken up
     * sooner, so that the instant that its campaign has given it can still be reserved there.
     */
    Duration leadOf(Attempt attempt) {
        return limits.mayConcern(attempt) ? InstantTurns.LEAD : lead.length();
    }

    /**
     * Waits until the number has a channel at a gateway with {@code max_calls}, and until its turn on the chosen switch, and
     * its instant at a gateway with {@code calls_per_second}, is near and fixed. Blocks no thread.
     */
    public CompletionStage<Attempt> turn(@Body Attempt attempt) {
        CompletableFuture<Attempt> come = new CompletableFuture<>();
        CompletionStage<Attempt> next = routeThread.goOnAfter(come);
        channels.channel(attempt).whenComplete((channel, fault) -> {
            if (fault == null && instants.areFor(attempt)) {
                instants.turn(attempt, come);
                return;
            }
            if (fault == null) {
                onChosen(attempt, DialledSwitch::turn, come);
            } else {
                come.completeExceptionally(fault);
            }
            attempts.placed(attempt);
        });
        return next;
    }

    private interface Wait {
        void begin(DialledSwitch chosen, Attempt attempt, CompletableFuture<Attempt> come);
    }

    private void onChosen(Attempt attempt, Wait wait, CompletableFuture<Attempt> come) {
        try {
            wait.begin(chosenFor(attempt), attempt, come);
        } catch (NotNowException e) {
            come.completeExceptionally(e);
        }
    }

    private Optional<SwitchPace<?>> paceOf(Attempt attempt) {
        return known(attempt.switchName()).map(DialledSwitch::pace);
    }

    private DialledSwitch chosenFor(Attempt attempt) throws NotNowException {
        return known(attempt.switchName()).orElseThrow(() -> removed(attempt.switchName()));
    }

    /** Starts or stops giving turns. If it stops, the numbers that wait for a turn go back at once. */
    public synchronized void giveTurns(boolean on) {
        drained = !on;
        openOrClose();
    }

    private void openOrClose() {
        limits.give(started && !drained);
        channels.give(started && !drained);
        if (started && !drained) {
            switches.values().forEach(DialledSwitch::open);
        } else {
            switches.values().forEach(one -> one.close(NO_NEW_CALLS));
        }
    }

    /**
     * Waits until the number's instant has come and its switch may be given another call. So no second has more calls
     * than the switch's rate allows, whatever delayed numbers on their way here. A number that has missed its instant at a
     * gateway with {@code calls_per_second} waits for another one. Blocks no thread.
     */
    public CompletionStage<Attempt> depart(@Body Attempt attempt) {
        CompletableFuture<Attempt> come = new CompletableFuture<>();
        CompletionStage<Attempt> next = routeThread.goOnAfter(come);
        if (instants.areFor(attempt)) {
            instants.depart(attempt, come);
        } else {
            onChosen(attempt, DialledSwitch::depart, come);
        }
        return next;
    }

    /**
     * By how much a call may be later than its campaign's instant, because the turns on its switch and gateway come one by one.
     *
     * @throws NotNowException if the switch has been removed
     */
    public Duration slotOf(Attempt attempt) throws NotNowException {
        chosenFor(attempt);
        return instants.slot(attempt);
    }

    /** Slows down a switch that refused a call because it has too much to do. Logs once if it refuses all calls. */
    public void tooBusy(String name, String refusal) {
        known(name).ifPresent(one -> one.tooBusy(refusal));
    }

    /** Records that the switch has created a channel for a call. */
    public void taken(String name) {
        known(name).ifPresent(DialledSwitch::taken);
    }

    /** States that all answering switches refuse all calls, in words; null if one of them does not, or none answers. */
    public String refusal() {
        List<DialledSwitch> those = thatAnswer().toList();
        if (those.isEmpty() || !those.stream().allMatch(DialledSwitch::refusesAll)) {
            return null;
        }
        String names = those.stream().map(DialledSwitch::name).collect(Collectors.joining(", "));
        return those.size() == 1 ? "switch " + names + " refuses all calls" : "switches " + names + " refuse all calls";
    }

    /** The calls a second that a switch is given at present. */
    public double rate(String name) {
        return known(name).map(one -> one.pace().rate()).orElse(0d);
    }

    /**
     * Starts to give turns. This is not a service, because Camel would stop it with each route that calls it.
     *
     * @param camelContext gives the threads
     */
    public synchronized void start(CamelContext camelContext) {
        threads = camelContext.getExecutorServiceManager();
        timer = threads.newSingleThreadScheduledExecutor(this, "CalloutSwitchPace");
        routeThread = new RouteThread(camelContext, this, "CalloutTurn");
        limits.start(camelContext.getExecutorServiceManager());
        channels.start(camelContext.getExecutorServiceManager());
        started = true;
        openOrClose();
    }

    /** Ends it, if it has been started. Numbers that wait for a turn are not dialled now. */
    public synchronized void stop() {
        started = false;
        openOrClose();
        if (threads != null) {
            limits.stop(threads);
            channels.stop(threads);
            threads.shutdown(timer);
            routeThread.shutdown();
        }
    }
}

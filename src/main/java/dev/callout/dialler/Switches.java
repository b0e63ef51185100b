package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The switches that calls go out on: which of them answer, and how fast each is given calls. */
public final class Switches {

    private final Map<String, SwitchPace> paces = new TreeMap<>();
    private final Map<String, String> coreUuids = new ConcurrentHashMap<>();
    private final Outages outages;
    private final Attempts attempts;
    private final InstantSource clock;

    Switches(Map<String, Double> callsPerSecond, Attempts attempts, Outages outages, InstantSource clock) {
        callsPerSecond.forEach((name, rate) -> paces.put(name, new SwitchPace(rate)));
        this.attempts = attempts;
        this.outages = outages;
        this.clock = clock;
    }

    /** The names of all switches. */
    public List<String> names() {
        return List.copyOf(paces.keySet());
    }

    /** Notes that a switch has answered, with its Core-UUID. */
    public void answers(@Header(EslHeaders.SWITCH) String name, @Body String coreUuid) {
        coreUuids.put(name, coreUuid.strip());
        outages.over("switch " + name);
    }

    /** Notes that a switch does not answer; nothing is claimed for it until it does. */
    public void silent(Exchange exchange) {
        String name = exchange.getMessage().getHeader(EslHeaders.SWITCH, String.class);
        coreUuids.remove(name);
        outages.away("switch " + name, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** The incarnation of a switch; null if it does not answer. */
    String coreUuid(String name) {
        return coreUuids.get(name);
    }

    /** Whether any switch answers. */
    boolean anyAnswers() {
        return !coreUuids.isEmpty();
    }

    /** How many more numbers the switches that answer can be given within the time ahead. */
    int capacity(Duration ahead) {
        Instant now = clock.instant();
        int free = paces.entrySet().stream().filter(one -> coreUuids.containsKey(one.getKey()))
                .mapToInt(one -> one.getValue().capacity(now, ahead)).sum();
        return Math.max(0, free - attempts.ahead());
    }

    /**
     * Chooses the switch that is free first.
     *
     * @throws NotNowException if none answers
     */
    public void choose(@Body Attempt attempt) throws NotNowException {
        Instant now = clock.instant();
        attempt.chosen(paces.entrySet().stream().filter(one -> coreUuids.containsKey(one.getKey()))
                .min(Comparator.comparing(one -> one.getValue().nextFree(now)))
                .orElseThrow(() -> new NotNowException("no switch answers")).getKey());
    }

    /** Reserves the chosen switch's next free instant, and tells the milliseconds until then. */
    public long millisUntilFree(@Body Attempt attempt) {
        long wait = Pace.roundedUp(paces.get(attempt.switchName()).reserve(clock.instant()));
        attempts.placed(attempt);
        return wait;
    }

    /** Slows the switch down that refused a call because it has too much to do. */
    void tooBusy(String name) {
        paces.get(name).refused(clock.instant());
    }

    /** Calls a second that a switch is given at present. */
    double rate(String name) {
        return paces.get(name).rate();
    }
}

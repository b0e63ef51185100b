package dev.callout.esl.micrometer;

import dev.callout.esl.switches.EslMeters;
import dev.callout.esl.switches.EslSwitch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Publishes each switch's metrics in a Micrometer registry. */
public final class MicrometerMeters implements EslMeters {

    private static final Duration[] BUCKETS = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();
    private final Map<Way, Timer> lags = new ConcurrentHashMap<>();

    /** The way from a switch to a route. */
    private record Way(String switchName, String route) {}

    /** @param registry where the meters are published */
    public MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void added(EslSwitch one) {
        meters.put(
                one.getName(),
                List.of(
                        Gauge.builder("esl.connected", one, each -> each.isConnected() ? 1 : 0)
                                .tag("switch", one.getName())
                                .description("Whether the connection is up, authenticated and subscribed")
                                .register(registry),
                        Gauge.builder("esl.calls.up", one, EslSwitch::getCallsUp)
                                .tag("switch", one.getName())
                                .description("Calls originated or adopted, and not over yet")
                                .register(registry),
                        FunctionCounter.builder("esl.commands", one, EslSwitch::getCommandsSent)
                                .tag("switch", one.getName())
                                .description("Commands sent")
                                .register(registry),
                        FunctionCounter.builder("esl.reconnects", one, EslSwitch::getReconnects)
                                .tag("switch", one.getName())
                                .description("How often the connection was made again")
                                .register(registry),
                        FunctionCounter.builder("esl.missed", one, EslSwitch::getMissedByConsumers)
                                .tag("switch", one.getName())
                                .description("Events and states that consumers missed because they were too slow")
                                .register(registry)));
    }

    @Override
    public void removed(EslSwitch one) {
        List<Meter> gone = meters.remove(one.getName());
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }

    /** Values below 0 ms count as 0. */
    @Override
    public void processed(String switchName, String route, long millis) {
        lags.computeIfAbsent(new Way(switchName, Objects.toString(route, "none")), way -> Timer.builder("esl.event.lag")
                        .description(
                                "Time from an event's stamp, by the switch's clock, until the route has processed the call's state")
                        .tag("switch", way.switchName())
                        .tag("route", way.route())
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry))
                .record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
}

package dev.callout.dialler.measure;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Shows the state of the dialler. The values are looked up whenever monitoring asks. */
public final class Gauges implements MeterBinder {

    private static final String DIALLED = "dialled";
    /** The other reasons concern the node, and have gauges of their own. */
    private static final Set<Idle.Reason> OF_CAMPAIGNS = EnumSet.complementOf(EnumSet.of(
            Idle.Reason.DRAINING, Idle.Reason.ROUTE_HALTED, Idle.Reason.DATABASE_AWAY, Idle.Reason.SWITCH_AWAY));

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Attempts attempts;
    private final Switches switches;
    private final Gateways gateways;
    private final Campaigns campaigns;
    private final InstantSource clock;
    private volatile Counted counted;
    private MultiGauge up;
    private MultiGauge rate;
    private MultiGauge resting;

    /** Campaigns by state. All states in one scrape come from one count. */
    private record Counted(long at, Map<String, Long> byState) {}

    /** @param clock the database's, by which campaigns are dialled */
    public Gauges(Attempts attempts, Switches switches, Gateways gateways, Campaigns campaigns, InstantSource clock) {
        this.attempts = attempts;
        this.switches = switches;
        this.gateways = gateways;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("callout.numbers.in.progress", attempts, Attempts::size)
                .description("Numbers that this node has claimed and whose end is not written yet")
                .register(registry);
        Gauge.builder("callout.numbers.ahead", attempts, Attempts::ahead)
                .description("Of these, numbers that have no send time on a switch yet")
                .register(registry);
        Gauge.builder("callout.campaigns.emergency", campaigns, Gauges::emergencies)
                .description("Emergency campaigns that are not paused: they ask no do-not-call list")
                .register(registry);
        up = MultiGauge.builder("callout.switch.up")
                .description("Whether the switch answers, so that numbers are claimed for it")
                .register(registry);
        rate = MultiGauge.builder("callout.switch.calls.per.second")
                .description(
                        "Most calls per second that the switch is given: the configured rate, or less after refusals")
                .register(registry);
        resting = MultiGauge.builder("callout.gateways.resting")
                .description("Gateways of the switch that rest because most of their calls failed")
                .register(registry);
        switchesChanged();
        bindCampaigns(registry, DIALLED);
        OF_CAMPAIGNS.forEach(reason -> bindCampaigns(registry, stateOf(new Idle(reason))));
    }

    /** Shows the switches that exist now, and no others. */
    public void switchesChanged() {
        show(up, name -> switches.coreUuid(name) == null ? 0 : 1);
        show(rate, switches::rate);
        show(resting, gateways::resting);
    }

    private void show(MultiGauge gauge, ToDoubleFunction<String> value) {
        gauge.register(
                switches.names().stream()
                        .<Row<?>>map(name -> Row.of(Tags.of("switch", name), name, value))
                        .toList(),
                true);
    }

    private void bindCampaigns(MeterRegistry registry, String state) {
        Gauge.builder("callout.campaigns", this, one -> one.count(state))
                .description("Campaigns by what keeps them from being dialled, or dialled faster")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private long count(String state) {
        Counted last = counted;
        long now = System.nanoTime();
        if (last == null || now - last.at() > FRESH.toNanos()) {
            Instant instant = clock.instant();
            last = new Counted(
                    now,
                    campaigns.all().stream()
                            .map(one -> stateOf(campaigns.whyIdle(one.id(), instant, attempts.of(one.id()))))
                            .collect(Collectors.groupingBy(one -> one, Collectors.counting())));
            counted = last;
        }
        return last.byState().getOrDefault(state, 0L);
    }

    private static long emergencies(Campaigns campaigns) {
        return campaigns.all().stream()
                .filter(one -> one.emergency() != null && !one.paused())
                .count();
    }

    private static String stateOf(Idle idle) {
        return idle == null ? DIALLED : idle.reason().code();
    }
}

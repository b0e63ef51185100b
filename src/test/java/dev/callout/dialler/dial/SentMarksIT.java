package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Place;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Pace;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.stop.StopAll;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.SentMark;
import dev.callout.store.stop.Stop;
import dev.callout.testbed.FreshDatabase;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** When numbers get their sent marks, and what happens meanwhile. Commits take as long as the test says, by its own clock. */
class SentMarksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseClock clock = new DatabaseClock(
            new DriverManagerDataSource(FreshDatabase.create(), "root", ""), nanos::get, InstantSource.system());
    private final Switches switches = new Switches(
            Map.of("fs1", 1000d),
            new Attempts(),
            new Gateways(clock, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
            CallLimits.none(),
            ChannelLimits.none(),
            clock.steady());
    private final Pace pace = new Pace(switches, clock.steady());
    private volatile Duration commit = Duration.ZERO;
    private volatile Stop stop;
    /** What happens while a mark is committed. */
    private volatile Runnable meanwhile = () -> {};

    @Test
    void theSentMarkIsWrittenNoLongerBeforeTheDepartureThanTheLatestCommitsTookAndFifteenMilliseconds()
            throws Exception {
        clock.measure();
        try (DefaultCamelContext camelContext = new DefaultCamelContext()) {
            SentMarks sentMarks = new SentMarks(
                    camelContext,
                    switches,
                    clock,
                    new Allowance(() -> Duration.ofHours(1)),
                    campaigns -> Set.of(),
                    new StopAll(Optional::empty, System::nanoTime));
            camelContext.start();
            sentMarks.start();
            switches.start(camelContext);
            assertThat(preparedBefore()).as("before any number").isEqualTo(100);

            prepare(sentMarks, 4, Duration.ofMillis(2));
            assertThat(preparedBefore()).as("after fast commits").isEqualTo(17);
            prepare(sentMarks, 2, Duration.ofMillis(30));
            assertThat(preparedBefore()).as("after slow commits").isEqualTo(45);
            sentMarks.stop();
            switches.stop();
        }
    }

    @Test
    void noCallLeavesWhoseMarkWasCommittedAfterTheStop() throws Exception {
        clock.measure();
        // Time stands still, so the reading before the mark is as good as new.
        StopAll stopAll = new StopAll(() -> Optional.ofNullable(stop), () -> 0);
        stopAll.read();
        assertThat(stopAll.leaves()).isPositive();
        try (DefaultCamelContext camelContext = new DefaultCamelContext()) {
            SentMarks sentMarks = new SentMarks(
                    camelContext,
                    switches,
                    clock,
                    new Allowance(() -> Duration.ofHours(1)),
                    campaigns -> Set.of(),
                    stopAll);
            camelContext.start();
            sentMarks.start();
            meanwhile = () -> stop = new Stop(Instant.EPOCH, "token night", null, false);
            assertThat(sentMarks.mark(attempt(Instant.EPOCH)).toCompletableFuture())
                    .as("the mark, which was committed")
                    .succeedsWithin(PATIENCE);
            assertThatThrownBy(stopAll::leaves)
                    .isInstanceOf(NotNowException.class)
                    .hasMessageContaining("everything is stopped");
            assertThat(sentMarks.mark(attempt(Instant.EPOCH)).toCompletableFuture())
                    .as("the next one gets none")
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(NotNowException.class);
            sentMarks.stop();
        }
    }

    /** Prepares numbers as the route does, but does not wait for their departure. */
    private void prepare(SentMarks sentMarks, int numbers, Duration time) {
        commit = time;
        for (int i = 0; i < numbers; i++) {
            Attempt attempt = attempt(clock.steady().instant().plusSeconds(1));
            nanos.addAndGet(Duration.ofMillis(pace.millisUntilReady(attempt)).toNanos());
            assertThat(switches.turn(attempt).thenCompose(sentMarks::mark).toCompletableFuture())
                    .succeedsWithin(PATIENCE);
            switches.depart(attempt);
        }
    }

    /** How many milliseconds before its instant a number of a paced campaign is prepared at present. */
    private long preparedBefore() {
        return 1_000 - pace.millisUntilReady(attempt(clock.steady().instant().plusSeconds(1)));
    }

    private Attempt attempt(Instant reserved) {
        Attempt attempt = Attempt.claimed(
                CampaignBuilder.campaign()
                        .timeBetweenCalls(Duration.ofSeconds(1))
                        .build(),
                new ClaimedNumber(
                        1,
                        1,
                        "1",
                        null,
                        null,
                        1,
                        "uuid",
                        reserved,
                        reserved,
                        null,
                        null,
                        new EarlierState(0, null, null, null, null, null, null)),
                committing(),
                "owner",
                reserved);
        attempt.placed(new Place("fs1", null, null));
        return attempt;
    }

    private CalloutTable committing() {
        return (CalloutTable) Proxy.newProxyInstance(
                CalloutTable.class.getClassLoader(),
                new Class<?>[] {CalloutTable.class},
                (proxy, method, arguments) -> method.getName().equals("markSent")
                        ? committed((List<?>) arguments[1])
                        : method.invoke(this, arguments));
    }

    private Set<String> committed(List<?> marks) {
        nanos.addAndGet(commit.toNanos());
        meanwhile.run();
        return marks.stream().map(mark -> ((SentMark) mark).callUuid()).collect(Collectors.toSet());
    }
}

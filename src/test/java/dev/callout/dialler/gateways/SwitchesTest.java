package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchesTest {

    private static final double SLOW = 0.01;

    private final InstantSource clock = InstantSource.system();
    private final Switches switches = new Switches(
            Map.of("fs1", SLOW),
            new Attempts(),
            new Gateways(clock, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
            CallLimits.none(),
            ChannelLimits.none(),
            clock);
    private final DefaultCamelContext camelContext = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camelContext.start();
        switches.start(camelContext);
        switches.answers("fs1", "core");
    }

    @AfterEach
    void stop() throws Exception {
        switches.stop();
        camelContext.close();
    }

    @Test
    void turnsComeAgainAfterAStopWithNumbersWaiting() throws Exception {
        Attempt first = chosen();
        assertThat(switches.turn(first).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60));
        CompletionStage<Attempt> turn = switches.turn(chosen());
        CompletionStage<Attempt> departure =
                switches.depart(departingAt(clock.instant().plusSeconds(60)));
        switches.stop();
        assertGoesBack(turn, "no new calls");
        assertGoesBack(departure, "no new calls");

        switches.change(Map.of("fs1", 1000d));
        switches.start(camelContext);
        Attempt again = chosen();
        assertThat(switches.turn(again).thenCompose(switches::depart).toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(60));
    }

    /** As when a route of a user's copies an exchange beside its own. */
    @Test
    void anAttemptThatDepartsWhileItWaitsForAnotherTurnKeepsNobodyFromHis() throws Exception {
        switches.turn(chosen());
        Attempt copied = departingAt(clock.instant().plusSeconds(60));
        CompletionStage<Attempt> turn = switches.turn(copied);
        CompletionStage<Attempt> next = switches.turn(chosen());
        switches.depart(copied);
        switches.change(Map.of("fs1", 1000d));

        assertThat(turn.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60));
        assertThat(next.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void aDrainedNodeThatIsStoppedAndStartedStaysDrained() throws Exception {
        switches.giveTurns(false);
        switches.stop();
        switches.start(camelContext);
        switches.change(Map.of("fs1", 1000d, "fs2", 1000d));
        switches.answers("fs2", "core");
        assertGoesBack(switches.turn(chosen()), "no new calls");

        switches.giveTurns(true);
        assertThat(switches.turn(chosen()).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void numbersOfASwitchThatIsRemovedGoBackWhereverTheyWait() throws Exception {
        assertThat(switches.turn(chosen()).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60));
        Attempt waiting = chosen();
        CompletionStage<Attempt> turn = switches.turn(waiting);
        CompletionStage<Attempt> departure =
                switches.depart(departingAt(clock.instant().plusSeconds(60)));
        Attempt onItsWay = chosen();
        switches.change(Map.of("fs2", SLOW));

        assertGoesBack(turn, "switch fs1 is removed");
        assertGoesBack(departure, "switch fs1 is removed");
        assertGoesBack(switches.turn(onItsWay), "switch fs1 is removed");
        assertGoesBack(switches.depart(onItsWay), "switch fs1 is removed");
        switches.answers("fs1", "late");
        assertThat(switches.answering()).isEmpty();
        assertThat(switches.capacity(Duration.ofSeconds(2))).isZero();
        switches.taken("fs1");
        switches.tooBusy("fs1", "its refusal comes late");
        switches.answers("fs2", "core");
        assertThat(chosen().switchName()).isEqualTo("fs2");
    }

    private static void assertGoesBack(CompletionStage<Attempt> waiting, String why) {
        assertThat(waiting.toCompletableFuture())
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(NotNowException.class)
                .withMessageContaining(why);
    }

    private Attempt chosen() throws Exception {
        Attempt attempt = Attempt.claimed(
                CampaignBuilder.campaign().build(),
                new ClaimedNumber(1, 1, "1", null, null, 1, "uuid", Instant.EPOCH, Instant.EPOCH, null, null, null),
                null,
                "owner",
                Instant.EPOCH);
        switches.choose(attempt);
        return attempt;
    }

    private Attempt departingAt(Instant at) throws Exception {
        Attempt attempt = chosen();
        attempt.departure().turn(at);
        return attempt;
    }

    @Test
    void eachNodeTakesItsShareOfTheRateOfAllNodesAndSaysSoOnce() {
        try (LogCapture log = new LogCapture()) {
            switches.change(Map.of("fs1", 30d));
            switches.shareAmong(1);
            assertThat(switches.rate("fs1")).isEqualTo(30);
            assertThat(log.warnings()).isEmpty();
            switches.shareAmong(3);
            assertThat(switches.rate("fs1")).isEqualTo(10);
            switches.change(Map.of("fs1", 60d, "fs2", 3d));
            assertThat(switches.rate("fs1")).isEqualTo(20);
            assertThat(switches.rate("fs2")).isEqualTo(1);
            switches.shareAmong(2);
            assertThat(switches.rate("fs1")).isEqualTo(30);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("3 nodes run", "fs1=30", "divided it by the number of nodes");
        }
    }
}

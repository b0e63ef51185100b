package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.stop.StopAll;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.CalloutTable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class SentMarksTest {

    @Test
    void anUnforeseenFaultIsTheNumbersItStruckAndNotTheEndOfAllSentMarks() throws Exception {
        DatabaseClock neverMeasured = new DatabaseClock(null);
        Switches switches = new Switches(
                Map.of(),
                new Attempts(),
                new Gateways(neverMeasured, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                CallLimits.none(),
                ChannelLimits.none(),
                neverMeasured);
        try (DefaultCamelContext camelContext = new DefaultCamelContext()) {
            SentMarks sentMarks = new SentMarks(
                    camelContext,
                    switches,
                    neverMeasured,
                    new Allowance(() -> Duration.ofHours(1)),
                    campaigns -> Set.of(),
                    new StopAll(Optional::empty, System::nanoTime));
            camelContext.start();
            sentMarks.start();
            for (int i = 0; i < 2; i++) {
                assertThat(sentMarks.mark(attempt(null)).toCompletableFuture())
                        .failsWithin(60, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOf(IllegalStateException.class);
                assertThat(sentMarks.mark(attempt(withoutMemory())).toCompletableFuture())
                        .failsWithin(60, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOf(OutOfMemoryError.class);
            }
            sentMarks.stop();
        }
    }

    /** Whatever is done with it, there is no memory for it. */
    private static CalloutTable withoutMemory() {
        return (CalloutTable) Proxy.newProxyInstance(
                CalloutTable.class.getClassLoader(),
                new Class<?>[] {CalloutTable.class},
                (proxy, method, arguments) -> {
                    throw new OutOfMemoryError("a test's");
                });
    }

    private static Attempt attempt(CalloutTable rows) {
        return Attempt.claimed(
                CampaignBuilder.campaign().build(),
                new ClaimedNumber(1, 1, "1", null, null, 1, "uuid", Instant.EPOCH, Instant.EPOCH, null, null, null),
                rows,
                "owner",
                Instant.EPOCH);
    }
}

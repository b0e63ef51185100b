package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.store.claim.ClaimedNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    private static final Instant INSTANT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SLOT = Duration.ofMillis(10);

    @ParameterizedTest(name = "distance {0} ms: {1} ms late is not too late, {2} ms is")
    @CsvSource({"50, 25, 26", "1000, 60, 61", "60000, 3010, 3011"})
    void aPacedCallMayBeALittleLate(long gap, long late, long tooLate) {
        assertThat(at(late).tooLate(attempt(gap), SLOT)).isFalse();
        assertThat(at(tooLate).tooLate(attempt(gap), SLOT)).isTrue();
    }

    @Test
    void aCallThatKeepsNoDistanceIsNeverTooLate() {
        assertThat(at(3_600_000).tooLate(attempt(0), SLOT)).isFalse();
    }

    @Test
    void aCallWaitsForTheLaterOfItsInstantAndItsTurn() {
        Attempt attempt = attempt(1000);
        assertThat(at(-250).millisUntilDialAt(attempt)).isEqualTo(250);
        assertThat(at(-250).millisUntilReady(attempt)).isEqualTo(150);
        attempt.departure().turn(INSTANT.plusMillis(30));
        assertThat(at(-250).millisUntilDialAt(attempt)).isEqualTo(280);
        attempt.departure().turn(INSTANT.minusMillis(30));
        assertThat(at(-250).millisUntilDialAt(attempt)).isEqualTo(250);
        assertThat(at(5).millisUntilDialAt(attempt)).isZero();
    }

    private static Pace at(long millisAfterTheInstant) {
        InstantSource clock = InstantSource.fixed(INSTANT.plusMillis(millisAfterTheInstant));
        return new Pace(
                new Switches(
                        Map.of(),
                        new Attempts(),
                        new Gateways(clock, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                        CallLimits.none(),
                        ChannelLimits.none(),
                        clock),
                clock);
    }

    private static Attempt attempt(long gap) {
        Campaign campaign = CampaignBuilder.campaign()
                .timeBetweenCalls(Duration.ofMillis(gap))
                .build();
        return Attempt.claimed(
                campaign,
                new ClaimedNumber(1, 1, "1", null, null, 1, "uuid", INSTANT, INSTANT, null, null, null),
                null,
                "owner",
                INSTANT);
    }
}

package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.store.claim.ClaimedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DialledSwitchTest {

    private static final Instant RESERVED = Instant.parse("2026-03-01T12:00:00Z");

    private final TreeMap<Instant, Runnable> alarms = new TreeMap<>();
    private final Lead lead = new Lead();
    private Instant now = RESERVED;
    private final DialledSwitch dialled = new DialledSwitch(
            "sim",
            100,
            () -> now,
            (time, task) -> alarms.put(now.plus(time.isNegative() ? Duration.ZERO : time), task),
            lead,
            null);

    private void passUntil(Instant time) {
        while (!alarms.isEmpty() && !alarms.firstKey().isAfter(time)) {
            Map.Entry<Instant, Runnable> first = alarms.pollFirstEntry();
            now = first.getKey();
            first.getValue().run();
        }
        now = time;
    }

    @Test
    void aNumberThatIsTakenUpSoonerThanItMustBePreparedWaits() {
        for (int i = 0; i < Lead.FEWEST; i++) {
            lead.took(Duration.ofMillis(5));
        }
        Attempt attempt = Attempt.claimed(
                CampaignBuilder.campaign()
                        .timeBetweenCalls(Duration.ofSeconds(1))
                        .build(),
                new ClaimedNumber(1, 1, "1", null, null, 1, "uuid", RESERVED, RESERVED, null, null, null),
                null,
                "owner",
                RESERVED);
        CompletableFuture<Attempt> turn = new CompletableFuture<>();
        now = RESERVED.minus(InstantTurns.LEAD);
        attempt.departure().preparedFrom(now);
        dialled.turn(attempt, turn);
        passUntil(RESERVED.minus(lead.length()).minusMillis(1));
        assertThat(turn).isNotDone();
        passUntil(RESERVED.minus(lead.length()));
        assertThat(turn).isCompleted();
        assertThat(attempt.departure().preparedFrom()).isEqualTo(now);
    }
}

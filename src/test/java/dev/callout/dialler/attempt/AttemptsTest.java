package dev.callout.dialler.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.LostCall;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AttemptsTest {

    private static final Instant NOW = Instant.ofEpochSecond(100);
    private static final Campaign CAMPAIGN = CampaignBuilder.campaign().id(7).build();

    private final CalloutTable table = new CampaignPhones(new DriverManagerDataSource());
    private final Attempts attempts = new Attempts();
    private final Attempt first = Attempt.claimed(CAMPAIGN, number("first"), table, "me", NOW);
    private final Attempt next = Attempt.nextLeg(
            new Attempt.EndedLeg(first, CallResult.known("NORMAL_TEMPORARY_FAILURE", null, NOW), null, null),
            number("next"),
            NOW);

    private static ClaimedNumber number(String call) {
        EarlierState earlier = new EarlierState(0, null, null, null, null, null, null);
        return new ClaimedNumber(7, 5, "030", null, null, 1, call, NOW, NOW, null, null, earlier);
    }

    @Test
    void aLegTakesThePlaceOfAnotherInBothDirections() {
        first.note(Fact.HAS_CHANNEL);
        attempts.add(first);
        attempts.replace(first, next);
        assertThat(attempts.all()).containsExactly(next);
        assertThat(attempts.of(7)).isEqualTo(1);
        assertThat(attempts.up(7)).isZero();

        attempts.replace(next, first);
        assertThat(attempts.all()).containsExactly(first);
        assertThat(attempts.of(7)).isEqualTo(1);
        assertThat(attempts.up(7)).isEqualTo(1);
    }

    @Test
    void aLegThatWasTakenOverWhileTheNextWasOnItsWayIsStillFollowed() {
        attempts.add(first);
        attempts.replace(first, next);
        LostCall lost = new LostCall(5, 7, "030", "first", 1, "fs1", null, NOW, null, NOW, null);
        Attempt adopted = Attempt.adopted(CAMPAIGN, lost, table, "me, later");
        attempts.add(adopted);

        attempts.replace(next, first);
        attempts.forget("first", "me");
        assertThat(attempts.all()).containsExactly(adopted);
        assertThat(attempts.of(7)).isEqualTo(1);
    }
}

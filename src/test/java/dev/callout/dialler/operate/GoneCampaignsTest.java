package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.outcome.AnswerFault;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.dial.RandomSources;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.outcome.AnswerFaults;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.testbed.LogCapture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Of campaigns that come and go nothing stays behind in memory. */
class GoneCampaignsTest {

    private static final CallResult ENDED_AT_ONCE = new CallResult(
            new CallResult.Cause("NORMAL_CLEARING", 16, 200, null),
            new CallResult.Times(Instant.EPOCH, null, Instant.EPOCH, Instant.EPOCH, null, 0L),
            CallResult.Heard.NOTHING);

    private final Set<Long> there = new HashSet<>();

    @Test
    void attemptsAreCountedOnlyForCampaignsThatHaveSome() {
        Attempts attempts = new Attempts();
        for (long campaign = 1; campaign <= 100; campaign++) {
            Attempt attempt = attempt(campaign);
            attempts.add(attempt);
            attempt.note(Fact.HAS_CHANNEL);
            attempts.taken(attempt);
            assertThat(attempts.of(campaign)).isEqualTo(1);
            assertThat(attempts.up(campaign)).isEqualTo(1);
            attempts.forget(attempt.callUuid(), "owner");
            assertThat(attempts.of(campaign) + attempts.up(campaign)).isZero();
        }
        assertThat(attempts.campaigns()).isZero();
    }

    @Test
    void aCallThatEndsBeforeItsChannelIsCountedLeavesNoCount() {
        Attempts attempts = new Attempts();
        Attempt attempt = attempt(1);
        attempts.add(attempt);
        attempt.note(Fact.HAS_CHANNEL);
        attempts.forget(attempt.callUuid(), "owner");
        attempts.taken(attempt);
        assertThat(attempts.up(1)).isZero();
        assertThat(attempts.campaigns()).isZero();
    }

    private static Attempt attempt(long campaign) {
        return Attempt.claimed(
                CampaignBuilder.campaign().id(campaign).name("sale").build(),
                new ClaimedNumber(
                        campaign,
                        1,
                        "1",
                        null,
                        null,
                        1,
                        "uuid-" + campaign,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        null,
                        null),
                null,
                "owner",
                Instant.EPOCH);
    }

    @Test
    void faultsOfAnswersAreForgotten() {
        AnswerFaults faults = new AnswerFaults(there::contains);
        for (long campaign = 1; campaign <= 100; campaign++) {
            there.clear();
            there.add(campaign);
            assertThat(faults.pauses(campaign, AnswerFault.ENDED_AT_ONCE, ENDED_AT_ONCE))
                    .isFalse();
        }
        assertThat(faults.size()).isEqualTo(1);
        for (int i = 2; i < AnswerFaults.FEW; i++) {
            assertThat(faults.pauses(100, AnswerFault.ENDED_AT_ONCE, ENDED_AT_ONCE))
                    .isFalse();
        }
        assertThat(faults.pauses(100, AnswerFault.ENDED_AT_ONCE, ENDED_AT_ONCE)).isTrue();
    }

    @Test
    void randomSourcesAreForgotten() {
        RandomSources sources = new RandomSources(() -> 4711L, there::contains);
        there.add(1L);
        int first = sources.of(1).nextInt();
        for (long campaign = 2; campaign <= 100; campaign++) {
            there.add(campaign);
            sources.of(campaign);
            there.remove(campaign);
        }
        assertThat(sources.size()).isEqualTo(2);
        assertThat(sources.of(1).nextInt()).as("one that stays goes on").isNotEqualTo(first);
    }

    @Test
    void aWarningIsToldOnceACampaignAndAnewToOneThatHasComeBack() {
        Campaigns campaigns = new Campaigns(
                () -> CampaignDefaults.NONE,
                new DialString("callout", "external", () -> null, Set.of()),
                new Gateways(InstantSource.system(), new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                null,
                new DatabaseClock(null),
                new StatusSteps(step -> true, false));
        Campaign sale = CampaignBuilder.campaign().id(8).name("sale").build();
        try (LogCapture log = new LogCapture()) {
            LongStream.of(8, 8).forEach(id -> campaigns.warn(sale, "no caller ID"));
            campaigns.read(List.of());
            campaigns.warn(sale, "no caller ID");
            campaigns.read(List.of(Map.of("i_campaign", 8L, "name", "sale", "paused", 1, "in_progress", 0)));
            campaigns.warn(sale, "no caller ID");
            assertThat(log.messages()).containsExactly("Campaign sale: no caller ID", "Campaign sale: no caller ID");
        }
    }
}

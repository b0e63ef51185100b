package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayHealth;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.testbed.LogCapture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CampaignsTest {

    @Test
    void aRowThatIsNotUnderstoodLeavesOutNoOtherCampaign() {
        Campaigns campaigns = campaigns(gateways());
        try (LogCapture log = new LogCapture()) {
            campaigns.read(List.of(
                    Map.of("i_campaign", "seven"),
                    Map.of("i_campaign", 8L, "name", "sale", "paused", 1, "in_progress", 0)));

            assertThat(campaigns.all()).extracting(Campaign::name).containsExactly("sale");
            assertThat(log.messages())
                    .containsExactly("Table campaigns, row seven cannot be read: that campaign is left out");
        }
    }

    @Test
    void gatewaysAreForgottenThatNoCampaignNamesAnyMore() {
        Gateways gateways = gateways();
        Campaigns campaigns = campaigns(gateways);
        Campaign sale = CampaignBuilder.campaign()
                .id(8)
                .name("sale")
                .gateway("external/old")
                .build();
        for (int i = 0; i < GatewayHealth.JUDGED; i++) {
            Attempt attempt = Attempt.claimed(
                    sale,
                    new ClaimedNumber(
                            8, i, "1", null, null, 1, "uuid-" + i, Instant.EPOCH, Instant.EPOCH, null, null, null),
                    null,
                    "owner",
                    Instant.EPOCH);
            if (gateways.begin(attempt, "fs1", attempt.gateway())) {
                gateways.ended(
                        attempt,
                        new CallResult(
                                new CallResult.Cause("NETWORK_OUT_OF_ORDER", 38, 503, null),
                                new CallResult.Times(Instant.EPOCH, null, null, Instant.EPOCH, null, 0L),
                                CallResult.Heard.NOTHING),
                        CauseClass.ROUTE);
            }
        }
        Map<String, Object> row =
                new HashMap<>(Map.of("i_campaign", 8L, "name", "sale", "paused", 1, "in_progress", 0));
        row.put("profile_gateway", "external/old");
        campaigns.read(List.of(row));
        assertThat(gateways.resting("fs1")).isEqualTo(1);

        row.put("profile_gateway", "external/new");
        campaigns.read(List.of(row));
        assertThat(gateways.resting("fs1")).isZero();
    }

    @Test
    void whatAReadingOfAllFoundBeforeACampaignWasReadAgainDoesNotReplaceIt() {
        Campaigns campaigns = campaigns(gateways());
        campaigns.read(List.of(row("sale", 1), row("other", 1)));

        campaigns.readingBegins();
        campaigns.readAgain(row("sale", 0));
        campaigns.read(List.of(row("sale", 1), row("other", 0)));
        assertThat(campaigns.all()).extracting(Campaign::paused).containsExactly(false, false);

        campaigns.readingBegins();
        campaigns.read(List.of(row("sale", 1), row("other", 0)));
        assertThat(campaigns.all()).extracting(Campaign::paused).containsExactly(true, false);
    }

    private static Gateways gateways() {
        return new Gateways(InstantSource.system(), new GatewayTable(null), CallLimits.none(), ChannelLimits.none());
    }

    private static Campaigns campaigns(Gateways gateways) {
        return new Campaigns(
                () -> CampaignDefaults.NONE,
                new DialString("callout", "external", () -> null, Set.of()),
                gateways,
                null,
                new DatabaseClock(null),
                new StatusSteps(step -> true, false));
    }

    private static Map<String, Object> row(String name, int paused) {
        return Map.of("i_campaign", name.equals("sale") ? 8L : 9L, "name", name, "paused", paused, "in_progress", 0);
    }
}

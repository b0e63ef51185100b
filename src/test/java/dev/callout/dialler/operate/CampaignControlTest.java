package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CampaignControlTest {

    @Test
    void namesAreWhatIdOfFindsAndAskNoDatabase() {
        Campaigns campaigns = new Campaigns(
                () -> CampaignDefaults.NONE,
                new DialString("callout", "external", () -> null, Set.of()),
                new Gateways(InstantSource.system(), new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                null,
                new DatabaseClock(null),
                new StatusSteps(step -> true, false));
        CampaignControl control = new CampaignControl(null, null, campaigns, null, null, null, null);
        assertThat(control.names()).isEmpty();

        campaigns.read(List.of(
                Map.of("i_campaign", 7L, "name", "sale", "paused", 1, "in_progress", 0),
                Map.of("i_campaign", 8L, "name", "2031", "paused", 1, "in_progress", 0),
                Map.of("i_campaign", 9L, "paused", 1, "in_progress", 0)));
        assertThat(control.names()).containsExactly("sale", "8", "9");
    }
}

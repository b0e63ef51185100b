package dev.callout.dialler;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.callout.LogCapture;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.DialString;
import dev.callout.store.DatabaseClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CampaignsTest {

    @Test
    void aRowThatIsNotUnderstoodLeavesOutNoOtherCampaign() {
        Campaigns campaigns = new Campaigns(null, new DialString("callout", "external", () -> null, Set.of()), null, null,
                new DatabaseClock(null));
        try (LogCapture log = new LogCapture()) {
            campaigns.read(List.of(Map.of("i_campaign", "seven"),
                    Map.of("i_campaign", 8L, "name", "sale", "paused", 1, "in_progress", 0)));

            assertThat(campaigns.all()).extracting(Campaign::name).containsExactly("sale");
            assertThat(log.messages()).containsExactly(
                    "Table campaigns, row seven: not understood, so that campaign is left out");
        }
    }
}

package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.cli.output.SummaryTable;
import java.util.List;

/** Shows the state of campaigns, as the API returns it, to a person. */
final class CampaignTable {

    private CampaignTable() {}

    static String of(List<JsonNode> campaigns) {
        SummaryTable table =
                new SummaryTable("campaign", "state", "numbers", "finished", "up", "calls/min", "why idle");
        for (JsonNode campaign : campaigns) {
            table.row(
                    campaign.path("name").asText("i_campaign " + campaign.path("i_campaign")),
                    campaign.path("state").asText(""),
                    campaign.path("numbers").asLong(),
                    campaign.path("finished").asLong(),
                    campaign.path("calls_up").asLong(),
                    campaign.path("calls_per_minute").asLong(),
                    campaign.path("why_idle").asText(""));
        }
        return table.toString();
    }
}

package dev.callout.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Shows the state of campaigns, as the API returns it, to a person. */
public final class CampaignTable {

    private CampaignTable() {}

    /**
     * A line for each campaign.
     *
     * @param campaigns the campaigns, in the JSON of the API
     */
    public static String of(List<JsonNode> campaigns) {
        SummaryTable table = new SummaryTable(
                "campaign", "state", "numbers", "finished", "talking", "ringing", "calls/min", "why idle");
        for (JsonNode campaign : campaigns) {
            table.row(
                    campaign.path("name").asText("i_campaign " + campaign.path("i_campaign")),
                    campaign.path("state").asText("")
                            + (campaign.path("emergency").asText("").isBlank() ? "" : ", EMERGENCY"),
                    campaign.path("numbers").asLong(),
                    campaign.path("finished").asLong(),
                    campaign.path("talking").asLong(),
                    campaign.path("ringing").asLong(),
                    campaign.path("calls_per_minute").asLong(),
                    campaign.path("why_idle").asText(""));
        }
        return table.toString();
    }
}

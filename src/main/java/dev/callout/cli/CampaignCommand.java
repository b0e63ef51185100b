package dev.callout.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.campaign.Printable;
import dev.callout.cli.output.Printout;
import dev.callout.cli.output.SummaryTable;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An operator's commands on campaigns, through the API of the running dialler. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        versionProvider = Callout.Version.class,
        description = "Lists, shows, creates and steers campaigns of the running dialler, through its HTTP API.")
final class CampaignCommand {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Command(mixinStandardHelpOptions = true, description = "Lists all campaigns and how they stand.")
    int list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> campaigns = api.campaigns();
        print(api, MAPPER.valueToTree(campaigns), CampaignTable.of(campaigns));
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows everything about one campaign.")
    int show(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        JsonNode campaign = api.get(ApiAccess.campaign(name));
        SummaryTable table = new SummaryTable("field", "value");
        for (Map.Entry<String, JsonNode> field : campaign.properties()) {
            if (!field.getValue().isNull()) {
                JsonNode value = field.getValue();
                table.row(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        }
        print(api, campaign, table.toString());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Creates a campaign, paused: campaign create sale profile_gateway=external/gw")
    int create(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(arity = "0..*", paramLabel = "COLUMN=VALUE", description = "columns of table campaigns")
                    Map<String, String> columns)
            throws Exception {
        ObjectNode campaign = MAPPER.createObjectNode().put("name", name);
        if (columns != null) {
            for (Map.Entry<String, String> column : columns.entrySet()) {
                campaign.set(column.getKey(), value(column.getValue()));
            }
        }
        JsonNode created =
                api.post(ApiAccess.CAMPAIGNS, "application/json", BodyPublishers.ofString(campaign.toString()));
        print(api, created, "Campaign " + name + " is created, and paused.\n");
        return 0;
    }

    /**
     * Sends text that looks like a number as a number. No text column holds such a text but caller IDs, which begin
     * with + or 0.
     */
    private static JsonNode value(String text) throws JsonProcessingException {
        return text.matches("-?(0|[1-9]\\d{0,9})(\\.\\d+)?|true|false")
                ? MAPPER.readTree(text)
                : MAPPER.getNodeFactory().textNode(text);
    }

    @Command(mixinStandardHelpOptions = true, description = "Begins a run of a campaign.")
    int start(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        return steer(api, name, "start", "is started");
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends the run of a campaign; calls that are up go on.")
    int stop(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        return steer(api, name, "stop", "is stopped");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Makes no new calls of a campaign; those that are up go on.")
    int pause(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        return steer(api, name, "pause", "is paused");
    }

    @Command(mixinStandardHelpOptions = true, description = "Goes on with a campaign.")
    int resume(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        return steer(api, name, "resume", "is resumed");
    }

    private int steer(ApiAccess api, String name, String action, String done) throws Exception {
        JsonNode campaign =
                api.post(ApiAccess.campaign(name) + "/" + action, "application/json", BodyPublishers.noBody());
        boolean idle = campaign.path("state").asText().equals("idle");
        print(
                api,
                campaign,
                "Campaign " + name + " " + done
                        + (idle
                                ? ", but idle: "
                                        + Printable.line(
                                                campaign.path("why_idle").asText())
                                : "") + ".\n");
        return 0;
    }

    private void print(ApiAccess api, JsonNode json, String text) throws JsonProcessingException {
        Printout out = Printout.of(spec);
        if (api.json) {
            out.json(json);
        } else {
            out.print(text);
        }
        out.flush();
    }
}

package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.campaign.Printable;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.ColumnValue;
import dev.callout.cli.output.CampaignTable;
import dev.callout.cli.output.PreviewText;
import dev.callout.cli.output.SummaryTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An operator's commands on campaigns, through the API of the running dialler. */
@Command(
        name = "campaign",
        description = "Lists, shows, creates and controls campaigns of the running dialler, through its HTTP API.")
final class CampaignCommand {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists all campaigns and their states.")
    void list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> campaigns = api.campaigns();
        api.print(MAPPER.valueToTree(campaigns), CampaignTable.of(campaigns));
    }

    @Command(description = "Shows everything about one campaign.")
    void show(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        JsonNode campaign = api.get(ApiAccess.campaign(name));
        SummaryTable table = new SummaryTable("field", "value");
        campaign.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                table.row(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        });
        api.print(campaign, table.toString());
    }

    @Command(description = "Creates a campaign, paused: campaign create sale profile_gateway=external/gw")
    void create(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(arity = "0..*", paramLabel = "COLUMN=VALUE", description = "columns of table campaigns")
                    Map<String, String> columns)
            throws Exception {
        ObjectNode campaign = MAPPER.createObjectNode().put("name", name);
        if (columns != null) {
            ColumnValue values = ColumnValue.of(api, "CampaignFields");
            for (Map.Entry<String, String> column : columns.entrySet()) {
                campaign.set(column.getKey(), values.of(column.getKey(), column.getValue()));
            }
        }
        api.print(api.post(ApiAccess.CAMPAIGNS, campaign), "Campaign " + name + " is created, and paused.\n");
    }

    @Command(
            description =
                    "Tells what would become of a campaign's numbers if it dialled, and why some would not be called.")
    void preview(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Option(names = "--at", paramLabel = "INSTANT", description = "if it dialled then: 2027-01-31T09:00:00Z")
                    String at,
            @Option(names = "--number", paramLabel = "NUMBER", description = "only this number") String number,
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            description = "with --csv: only this group, such as closed")
                    String group,
            @Option(names = "--csv", paramLabel = "FILE", description = "write each number to a CSV file") Path file)
            throws Exception {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("at", at);
        query.put("number", number);
        query.put("group", group);
        query.put("format", file == null ? null : "csv");
        query.values().removeIf(Objects::isNull);
        String path = ApiAccess.campaign(name) + "/preview"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + ApiAccess.segment(one.getValue()))
                        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
        if (file == null) {
            JsonNode preview = api.get(path);
            api.print(preview, PreviewText.of(preview));
        } else {
            api.download(path, file);
        }
    }

    @Command(description = "Begins a run of a campaign.")
    void start(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        steer(api, name, "start", "is started");
    }

    @Command(description = "Ends the run of a campaign; calls that are up continue.")
    void stop(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        steer(api, name, "stop", "is stopped");
    }

    @Command(description = "Makes no new calls of a campaign; calls that are up continue.")
    void pause(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        steer(api, name, "pause", "is paused");
    }

    @Command(description = "Resumes a campaign that is paused.")
    void resume(@Mixin ApiAccess api, @Parameters(paramLabel = "CAMPAIGN") String name) throws Exception {
        steer(api, name, "resume", "is resumed");
    }

    private static void steer(ApiAccess api, String name, String action, String done) throws Exception {
        JsonNode campaign = api.post(ApiAccess.campaign(name) + "/" + action);
        String idle = campaign.path("state").asText().equals("idle")
                ? ", but idle: " + Printable.line(campaign.path("why_idle").asText())
                : "";
        api.print(campaign, "Campaign " + name + " " + done + idle + ".\n");
    }
}

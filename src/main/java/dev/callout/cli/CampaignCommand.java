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
                    "Shows which of a campaign's numbers would be called if it dialled, and why others would not.")
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

    @Command(
            name = "clone",
            description = "Creates a campaign with the settings of another one, paused and without numbers.")
    void copy(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(paramLabel = "NEW_NAME") String newName)
            throws Exception {
        ObjectNode body = MAPPER.createObjectNode().put("name", newName);
        api.print(
                api.post(ApiAccess.campaign(name) + "/clone", body),
                "Campaign " + newName + " is created like " + name + ", and paused. It has no numbers.\n");
    }

    @Command(
            name = "call-again",
            description =
                    "Counts the numbers that a campaign has finished with without reaching them, and reopens them with"
                            + " --do-it.")
    void callAgain(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            description = "only failure, or only 'premature hangup'; by default both")
                    List<String> statuses,
            @Option(names = "--cause", paramLabel = "CAUSE", description = "only this hang-up cause; may be repeated")
                    List<String> causes,
            @Option(names = "--do-it", description = "reopen them, and do not only count them") boolean doIt)
            throws Exception {
        ObjectNode body = MAPPER.createObjectNode();
        body.set("statuses", MAPPER.valueToTree(statuses));
        body.set("causes", MAPPER.valueToTree(causes));
        JsonNode answer = api.post(ApiAccess.campaign(name) + "/call-again?dry-run=" + !doIt, body);
        SummaryTable table = new SummaryTable("status", "cause", "numbers");
        answer.path("groups")
                .forEach(group -> table.row(
                        group.path("status").asText(),
                        group.path("hangup_cause").asText(""),
                        group.path("numbers").asLong()));
        String told = doIt
                ? answer.path("reopened").asLong() + " numbers are reopened.\n"
                : answer.path("numbers").asLong() + " numbers were not reached. --do-it reopens them.\n";
        api.print(answer, table + told);
    }

    @Command(description = "Deletes a campaign; its attempts stay, and its numbers unless they are to be removed.")
    void delete(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Option(names = "--numbers", description = "remove its numbers, too") boolean numbers)
            throws Exception {
        JsonNode there = api.delete(ApiAccess.campaign(name) + "?dry-run=true");
        JsonNode done = api.delete(ApiAccess.campaign(name) + "?numbers=" + (numbers ? "remove" : "keep"));
        String told = numbers
                ? done.path("removed").asLong() + " numbers are removed"
                : there.path("numbers").asLong() + " numbers stay in table campaign_phones";
        api.print(
                there,
                "Campaign " + name + " is deleted. " + told + ", "
                        + there.path("attempts").asLong() + " attempts stay in table call_attempts.\n");
    }

    private static void steer(ApiAccess api, String name, String action, String done) throws Exception {
        JsonNode campaign = api.post(ApiAccess.campaign(name) + "/" + action);
        String idle = campaign.path("state").asText().equals("idle")
                ? ", but idle: " + Printable.line(campaign.path("why_idle").asText())
                : "";
        StringBuilder text = new StringBuilder("Campaign " + name + " " + done + idle + ".\n");
        campaign.path("warnings").forEach(warning -> text.append("Warning: ")
                .append(Printable.line(warning.asText()))
                .append('\n'));
        api.print(campaign, text.toString());
    }
}

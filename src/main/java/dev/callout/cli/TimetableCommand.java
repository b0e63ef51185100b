package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.NamedRows;
import dev.callout.cli.output.SummaryTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The timetable of actions, through the API of the running dialler. */
@Command(
        name = "timetable",
        description = "Lists, adds and removes the scheduled actions of the running dialler, through its HTTP API.")
final class TimetableCommand {

    private static final NamedRows TIMETABLES = new NamedRows("/api/timetables", "timetables", "i_timetable");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists all scheduled actions and when each is next.")
    void list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> rows = TIMETABLES.all(api);
        SummaryTable table =
                new SummaryTable("i_timetable", "name", "campaign", "action", "cron", "next", "last", "result");
        for (JsonNode row : rows) {
            boolean all = row.path("i_campaign").isNull();
            table.row(
                    row.path("i_timetable").asLong(),
                    row.path("name").asText(""),
                    all ? "all" : row.path("campaign").asText("i_campaign " + row.path("i_campaign")),
                    row.path("action").asText(""),
                    row.path("cron").asText(""),
                    row.path("enabled").asBoolean() ? next(row) : "disabled",
                    row.path("last_fired").asText(""),
                    row.path("last_result").asText(""));
        }
        api.print(MAPPER.valueToTree(rows), table.toString());
    }

    @Command(description = "Adds a scheduled action: timetable add start '0 0 9 ? * MON-FRI' --campaign sale")
    void add(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "ACTION", description = "start, stop, pause, resume, report or retention")
                    String action,
            @Parameters(paramLabel = "CRON", description = "a cron expression of Quartz, which begins with the seconds")
                    String cron,
            @Option(
                            names = "--campaign",
                            description = "name or i_campaign (default: all campaigns; start and resume need one)")
                    String campaign,
            @Option(names = "--name", description = "name of the entry") String name,
            @Option(
                            names = "--timezone",
                            description =
                                    "time zone of the cron expression (default: the campaign's, or callout.timezone)")
                    String timezone,
            @Option(names = "--reopen", description = "numbers that a start opens again: none, all or failed")
                    String reopen,
            @Option(names = "--days", description = "how many days a retention keeps attempts") Integer days)
            throws Exception {
        ObjectNode row = MAPPER.createObjectNode()
                .put("name", name)
                .put("cron", cron)
                .put("timezone", timezone)
                .put("action", action)
                .put("reopen", reopen)
                .put("days", days);
        row.set(
                "i_campaign",
                campaign == null ? null : api.get(ApiAccess.campaign(campaign)).get("i_campaign"));
        JsonNode added = api.post(TIMETABLES.path(), row);
        api.print(added, "Added as " + describe(added) + ", next: " + next(added) + ".\n");
    }

    @Command(description = "Removes a scheduled action.")
    void remove(@Mixin ApiAccess api, @Parameters(paramLabel = "NAME", description = "name or i_timetable") String name)
            throws Exception {
        JsonNode row = TIMETABLES.one(api, name);
        api.delete(TIMETABLES.pathOf(row));
        api.print(row, "Removed " + describe(row) + ".\n");
    }

    @Command(description = "Enables a scheduled action; what was due meanwhile is not done.")
    void enable(@Mixin ApiAccess api, @Parameters(paramLabel = "NAME", description = "name or i_timetable") String name)
            throws Exception {
        JsonNode row = api.patch(TIMETABLES.pathOf(api, name), "{\"enabled\":true}");
        api.print(row, "Enabled " + describe(row) + ", next: " + next(row) + ".\n");
    }

    @Command(description = "Disables a scheduled action until it is enabled again.")
    void disable(
            @Mixin ApiAccess api, @Parameters(paramLabel = "NAME", description = "name or i_timetable") String name)
            throws Exception {
        JsonNode row = api.patch(TIMETABLES.pathOf(api, name), "{\"enabled\":false}");
        api.print(row, "Disabled " + describe(row) + ".\n");
    }

    private static String describe(JsonNode row) {
        return "i_timetable " + row.path("i_timetable").asLong()
                + (row.path("name").isNull() ? "" : " (" + row.path("name").asText() + ")");
    }

    private static String next(JsonNode row) {
        return row.path("problem").isNull()
                ? row.path("next").isNull() ? "never again" : row.path("next").asText()
                : "never, because it is wrong: " + row.path("problem").asText();
    }
}

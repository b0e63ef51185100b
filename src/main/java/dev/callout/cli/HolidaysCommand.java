package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.NamedRows;
import dev.callout.cli.output.SummaryTable;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holiday calendars, through the API of the running dialler. */
@Command(
        name = "holidays",
        description =
                "Lists, imports and removes holidays, on which schedules are closed, through the running dialler's HTTP API.")
final class HolidaysCommand {

    private static final NamedRows CALENDARS =
            new NamedRows("/api/holiday-calendars", "holiday_calendars", "i_holiday_calendar");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists the days of all calendars, or of one.")
    void list(
            @Mixin ApiAccess api,
            @Parameters(arity = "0..1", paramLabel = "CALENDAR", description = "name or key") String name)
            throws Exception {
        List<JsonNode> calendars = name == null ? CALENDARS.all(api) : List.of(CALENDARS.one(api, name));
        SummaryTable table = new SummaryTable("i_holiday_calendar", "calendar", "date", "text");
        for (JsonNode calendar : calendars) {
            JsonNode days = calendar.path("holidays");
            for (JsonNode day : days.isEmpty() ? List.of(MissingNode.getInstance()) : days) {
                table.row(
                        calendar.path("i_holiday_calendar").asLong(),
                        calendar.path("name").asText(""),
                        day.path("date").asText(),
                        day.path("text").asText(""));
            }
        }
        api.print(MAPPER.valueToTree(calendars), table.toString());
    }

    @Command(
            name = "import",
            description =
                    "Adds the days of a CSV file, with a date and a text in each line, to a calendar, and creates it if needed.")
    void take(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CALENDAR", description = "name or key") String name,
            @Parameters(paramLabel = "FILE") Path file)
            throws Exception {
        api.requireReadable(file);
        JsonNode calendar = CALENDARS.has(api, name)
                ? CALENDARS.one(api, name)
                : api.post(CALENDARS.path(), MAPPER.createObjectNode().put("name", name));
        JsonNode filled = api.post(
                CALENDARS.pathOf(calendar) + "/holidays",
                "text/csv",
                BodyPublishers.ofByteArray(Files.readAllBytes(file)));
        api.print(filled, count(filled));
    }

    @Command(
            description =
                    "Removes days from a calendar; without days, removes the calendar itself if no schedule uses it.")
    void remove(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CALENDAR", description = "name or key") String name,
            @Parameters(arity = "0..*", paramLabel = "DATE", description = "such as 2027-01-01") List<String> dates)
            throws Exception {
        JsonNode calendar = CALENDARS.one(api, name);
        if (dates == null || dates.isEmpty()) {
            api.delete(CALENDARS.pathOf(calendar));
            api.print(calendar, "Removed calendar " + describe(calendar) + ".\n");
            return;
        }
        for (String date : dates) {
            api.delete(CALENDARS.pathOf(calendar) + "/holidays/" + ApiAccess.segment(date));
        }
        JsonNode left = api.get(CALENDARS.pathOf(calendar));
        api.print(left, count(left));
    }

    private static String describe(JsonNode calendar) {
        return "i_holiday_calendar " + calendar.path("i_holiday_calendar").asLong() + " ("
                + calendar.path("name").asText("") + ")";
    }

    private static String count(JsonNode calendar) {
        return "Calendar " + describe(calendar) + ": "
                + calendar.path("holidays").size() + " holidays.\n";
    }
}

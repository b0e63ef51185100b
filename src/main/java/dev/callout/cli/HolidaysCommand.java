package dev.callout.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.cli.output.Printout;
import dev.callout.cli.output.SummaryTable;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holiday calendars, through the API of the running dialler. */
@Command(
        name = "holidays",
        mixinStandardHelpOptions = true,
        versionProvider = Callout.Version.class,
        description =
                "Lists, imports and removes holidays, on which schedules are closed, through the running dialler's HTTP API.")
final class HolidaysCommand {

    private static final String CALENDARS = "/api/holiday-calendars";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Command(mixinStandardHelpOptions = true, description = "Lists the days of all calendars, or of one.")
    int list(
            @Mixin ApiAccess api,
            @Parameters(arity = "0..1", paramLabel = "CALENDAR", description = "name or key") String name)
            throws Exception {
        List<JsonNode> calendars =
                name == null ? api.all(CALENDARS, "holiday_calendars") : List.of(calendar(api, name));
        SummaryTable table = new SummaryTable("i_holiday_calendar", "calendar", "date", "text");
        for (JsonNode calendar : calendars) {
            for (JsonNode day : calendar.path("holidays")) {
                table.row(
                        calendar.path("i_holiday_calendar").asLong(),
                        calendar.path("name").asText(""),
                        day.path("date").asText(),
                        day.path("text").isNull() ? "" : day.path("text").asText());
            }
            if (calendar.path("holidays").isEmpty()) {
                table.row(
                        calendar.path("i_holiday_calendar").asLong(),
                        calendar.path("name").asText(""),
                        "",
                        "");
            }
        }
        print(api, MAPPER.valueToTree(calendars), table.toString());
        return 0;
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Adds the days of a CSV file, a date and a text a line, to a calendar, which is made if there is none.")
    int take(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CALENDAR", description = "name or key") String name,
            @Parameters(paramLabel = "FILE") Path file)
            throws Exception {
        if (!Files.isReadable(file)) {
            throw new ParameterException(
                    spec.subcommands().get("import"), "there is no file " + file + " that can be read");
        }
        boolean isKey = name.matches("\\d+");
        boolean isThere = isKey
                || api.all(CALENDARS, "holiday_calendars").stream()
                        .anyMatch(calendar -> calendar.path("name").asText().equals(name));
        JsonNode calendar = isThere
                ? calendar(api, name)
                : api.post(
                        CALENDARS,
                        "application/json",
                        BodyPublishers.ofString(
                                MAPPER.createObjectNode().put("name", name).toString()));
        JsonNode filled = api.post(
                path(calendar) + "/holidays", "text/csv", BodyPublishers.ofByteArray(Files.readAllBytes(file)));
        print(api, filled, count(filled));
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Removes days from a calendar; without days the calendar itself, if no schedule names it.")
    int remove(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CALENDAR", description = "name or key") String name,
            @Parameters(arity = "0..*", paramLabel = "DATE", description = "such as 2027-01-01") List<String> dates)
            throws Exception {
        JsonNode calendar = calendar(api, name);
        if (dates == null || dates.isEmpty()) {
            api.delete(path(calendar));
            print(api, calendar, "Removed calendar " + describe(calendar) + ".\n");
            return 0;
        }
        for (String date : dates) {
            api.delete(path(calendar) + "/holidays/"
                    + URLEncoder.encode(date, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        JsonNode left = api.get(path(calendar));
        print(api, left, count(left));
        return 0;
    }

    private static JsonNode calendar(ApiAccess api, String name) throws Exception {
        return api.one(CALENDARS, "holiday_calendars", "i_holiday_calendar", name);
    }

    private static String path(JsonNode calendar) {
        return CALENDARS + "/" + calendar.get("i_holiday_calendar").asLong();
    }

    private static String describe(JsonNode calendar) {
        return "i_holiday_calendar " + calendar.path("i_holiday_calendar").asLong() + " ("
                + calendar.path("name").asText("") + ")";
    }

    private static String count(JsonNode calendar) {
        return "Calendar " + describe(calendar) + ": "
                + calendar.path("holidays").size() + " holidays.\n";
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

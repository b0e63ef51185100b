package dev.callout.api.listed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.store.DatabaseClock;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timetables, and the calendars of holidays that schedules name. */
class TimetablesApiIT {

    private static Installation installation;
    private static ApiClient api;
    private static long campaign;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .start();
        api = new ApiClient(port);
        campaign = installation.campaign("by the calendar", Map.of("paused", 1, "timezone", "Europe/Berlin"));
        DatabaseClock clock =
                installation.camelContext().getRegistry().lookupByNameAndType("clock", DatabaseClock.class);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(clock::isMeasured);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static ApiClient.Reply change(String path, String etag, String body) throws Exception {
        return api.send(api.request(path)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .header("If-Match", etag)
                .header("Content-Type", "application/merge-patch+json"));
    }

    private static ApiClient.Reply delete(String path) throws Exception {
        return api.send("DELETE", path, "application/json", "");
    }

    @Test
    void aRowTellsWhenItIsNextAndIsChangedDisabledAndDeleted() throws Exception {
        ApiClient.Reply created = api.post(
                "/api/timetables",
                Map.of(
                        "name",
                        "open",
                        "i_campaign",
                        campaign,
                        "cron",
                        "0 0 9 1 1 ? 2099",
                        "action",
                        "start",
                        "reopen",
                        "failed"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json())
                .containsEntry("next", "2099-01-01T08:00:00Z")
                .containsEntry("enabled", true)
                .containsEntry("campaign", "by the calendar")
                .containsEntry("last_fired", null)
                .containsEntry("problem", null);
        String path = created.header("Location");

        installation.execute(
                "UPDATE timetables SET last_fired = '2026-01-01 08:00:00', last_result = 'started', changed = changed"
                        + " WHERE name = 'open'");
        ApiClient.Reply read = api.get(path);
        assertThat(read.json())
                .containsEntry("last_fired", "2026-01-01T08:00:00Z")
                .containsEntry("last_result", "started");
        assertThat(read.header("ETag")).as("that it is done is no change").isEqualTo(created.header("ETag"));

        ApiClient.Reply changed = change(path, read.header("ETag"), "{\"timezone\":\"UTC\",\"reopen\":null}");
        assertThat(changed.json())
                .as(changed.text())
                .containsEntry("next", "2099-01-01T09:00:00Z")
                .containsEntry("reopen", null);
        assertThat(change(path, read.header("ETag"), "{\"name\":\"x\"}").status())
                .isEqualTo(412);
        assertThat(change(path, "*", "{\"enabled\":false}").json())
                .containsEntry("next", null)
                .containsEntry("enabled", false);
        assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', timezone, enabled, last_result) FROM timetables WHERE name = 'open'"))
                .containsExactly("UTC 0 started");
        assertThat(api.get("/api/timetables").text()).contains("\"name\":\"open\"");
        assertThat(delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).json())
                .containsEntry("status", 404)
                .containsEntry("detail", "There is no timetable of this i_timetable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            value = {
                "cron|30 9 * * 1-5|these begin with the seconds", "cron|NULL|must be set",
                        "timezone|Mars/Base|Europe/Berlin",
                "action|begin|start, stop, pause", "action|retention|how many days", "reopen|some|none, all, failed",
                "days|0|1 to 36500", "i_campaign|4711|there is no campaign 4711", "i_campaign|NULL|must name a campaign"
            })
    void aRowThatCannotBeIsRefusedWithFieldAndRemedy(String field, String value, String said) throws Exception {
        Map<String, Object> row = new HashMap<>(Map.of(
                "name", "wrong", "i_campaign", campaign, "cron", "0 0 9 * * ?", "timezone", "UTC", "action", "start"));
        row.put(field, value != null && value.matches("\\d+") ? (Object) Integer.valueOf(value) : value);
        ApiClient.Reply refused = api.post("/api/timetables", row);
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"" + ("retention".equals(value) ? "days" : field) + '"', said);
        assertThat(installation.number("SELECT COUNT(*) FROM timetables WHERE name = 'wrong'"))
                .isZero();
    }

    @Test
    void aWrongRowThatSomebodyHasInsertedIsToldAndCanBeDisabled() throws Exception {
        installation.execute(
                "INSERT INTO timetables (name, cron, timezone, action) VALUES ('unix', '0 18 * * *', 'UTC', 'stop')");
        long key = installation.number("SELECT i_timetable FROM timetables WHERE name = 'unix'");
        ApiClient.Reply read = api.get("/api/timetables/" + key);
        assertThat(read.json()).containsEntry("next", null);
        assertThat(read.text()).contains("column cron");
        assertThat(change("/api/timetables/" + key, "*", "{\"name\":\"other\"}").text())
                .contains("\"field\":\"cron\"");
        assertThat(change("/api/timetables/" + key, "*", "{\"enabled\":false}").status())
                .isEqualTo(200);
        assertThat(change("/api/timetables/" + key, "*", "{\"cron\":\"0 0 18 * * ?\",\"enabled\":null}")
                        .json())
                .containsEntry("enabled", true)
                .containsEntry("problem", null);
    }

    @Test
    void aCalendarIsFilledWholeDayByDayAndByAFileAndClosesTheSchedulesThatNameIt() throws Exception {
        ApiClient.Reply created = api.post(
                "/api/holiday-calendars",
                Map.of(
                        "name",
                        "Hesse",
                        "holidays",
                        List.of(Map.of("date", "2099-12-25", "text", "Christmas Day"), Map.of("date", "2099-12-26"))));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String path = created.header("Location");
        Object key = created.json().get("i_holiday_calendar");

        assertThat(api.send(
                                "POST",
                                path + "/holidays",
                                "text/csv",
                                "\uFEFFDate;Text\r\n2099-01-01;New Year\r\n\r\n2099-05-01;\"Labour Day; a Friday\"\r\n2099-12-26;Boxing Day\r\n")
                        .json()
                        .get("holidays"))
                .isEqualTo(List.of(
                        Map.of("date", "2099-01-01", "text", "New Year"),
                        Map.of("date", "2099-05-01", "text", "Labour Day; a Friday"),
                        Map.of("date", "2099-12-25", "text", "Christmas Day"),
                        Map.of("date", "2099-12-26", "text", "Boxing Day")));
        assertThat(api.post(path + "/holidays", Map.of("date", "2099-01-06")).status())
                .isEqualTo(200);
        assertThat(delete(path + "/holidays/2099-05-01").status()).isEqualTo(204);
        assertThat(delete(path + "/holidays/2099-05-01").json()).containsEntry("status", 404);
        assertThat(installation.column("SELECT date FROM holidays WHERE i_holiday_calendar = " + key))
                .containsExactly("2099-01-01", "2099-01-06", "2099-12-25", "2099-12-26");

        String schedule = api.post("/api/schedules", Map.of("name", "office", "i_holiday_calendar", key))
                .header("Location");
        assertThat(api.get(schedule).json()).containsEntry("i_holiday_calendar", key);
        ApiClient.Reply used = delete(path);
        assertThat(used.status()).as(used.text()).isEqualTo(409);
        assertThat(used.text()).contains("Schedules use it: office");
        assertThat(change(schedule, "*", "{\"i_holiday_calendar\":4711}").text())
                .contains("\"field\":\"i_holiday_calendar\"", "there is no holiday calendar 4711");

        installation.execute(
                "UPDATE campaigns SET i_schedule = (SELECT i_schedule FROM schedules WHERE name = 'office')"
                        + " WHERE i_campaign = " + campaign);
        assertThat(api.post(
                                "/api/timetables",
                                Map.of("i_campaign", campaign, "cron", "0 0 9 25-31 12 ? 2099", "action", "start"))
                        .json())
                .as("holidays are passed over")
                .containsEntry("next", "2099-12-27T08:00:00Z");
        installation.execute("UPDATE campaigns SET i_schedule = NULL WHERE i_campaign = " + campaign);

        ApiClient.Reply emptied = change(path, api.get(path).header("ETag"), "{\"holidays\":[]}");
        assertThat(emptied.json()).containsEntry("holidays", List.of()).containsEntry("name", "Hesse");
        assertThat(change(schedule, "*", "{\"i_holiday_calendar\":null}").json())
                .containsEntry("i_holiday_calendar", null);
        assertThat(delete(path).status()).isEqualTo(204);
    }

    @Test
    void whoeverHasACampaignGoOnIsHeededThoughAStopIsLeftToBeDone() throws Exception {
        installation.camelContext().getRouteController().suspendRoute("timetable-left");
        try {
            for (Map.Entry<String, String> way :
                    Map.of("/resume", "", "", "{\"paused\":false}").entrySet()) {
                installation.execute("INSERT INTO timetable_tasks (i_campaign, i_timetable, scheduled, action)"
                        + " SELECT i_campaign, 77, UTC_TIMESTAMP(), 'pause' FROM campaigns");
                String path = "/api/campaigns/" + campaign + way.getKey();
                assertThat(
                                way.getKey().isEmpty()
                                        ? change(path, "*", way.getValue()).status()
                                        : api.post(path, "").status())
                        .isEqualTo(200);
                assertThat(installation.number("SELECT COUNT(*) FROM timetable_tasks"))
                        .as(way.getKey())
                        .isZero();
            }
        } finally {
            installation.camelContext().getRouteController().resumeRoute("timetable-left");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date,text\\n2027-01-01,New Year\\n25.12.2027,Christmas|Line 3: date: must be a date such as",
                "2027-02-30|Line 1: date",
                "2027-01-01,a,b|Line 1 has 3 cells",
                "2027-01-01,\"open|Line 1 cannot be read as CSV"
            })
    void aFileWithAWrongLineIsRefusedWholeWithTheLine(String lines, String said) throws Exception {
        String path =
                api.post("/api/holiday-calendars", Map.of("name", "wrong")).header("Location");
        ApiClient.Reply refused = api.send("POST", path + "/holidays", "text/csv", lines.replace("\\n", "\n"));
        assertThat(refused.status()).isIn(400, 422);
        assertThat(refused.text()).contains(said);
        assertThat(api.get(path).json()).containsEntry("holidays", List.of());
    }
}

package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.files.WorkbookFile;
import dev.callout.settings.TableOptions;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiIT {

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(200))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Map<String, Object> campaign(String name) {
        return new HashMap<>(Map.of(
                "name",
                name,
                "profile_gateway",
                "external/gw",
                "action_on_answer",
                "echo()",
                "threshold_msec",
                0,
                "max_attempts",
                1));
    }

    @Test
    void aCampaignIsCreatedFilledStartedWatchedAndExported() throws Exception {
        ApiClient.Reply created = api.post("/api/campaigns", campaign("spring sale"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json())
                .containsEntry("paused", true)
                .containsEntry("state", "paused")
                .doesNotContainKey("md5secret");
        String path = created.header("Location");
        assertThat(path).isEqualTo("/api/campaigns/spring%20sale");

        ApiClient.Reply imported = api.send(
                "POST", path + "/numbers", "text/csv", "cld;priority\r\n+49 30 1;1\r\n+49 30 2;\r\n'+49 30 3;2\r\n");
        assertThat(imported.json()).as(imported.text()).containsEntry("accepted", 3);
        assertThat(api.post(path + "/start", "").json()).containsEntry("paused", false);

        Awaitility.await().untilAsserted(() -> assertThat(api.get(path).json())
                .containsEntry("finished", 3)
                .containsEntry("in_progress", 0)
                .containsEntry("statuses", Map.of("success", 3)));

        installation.execute(
                "INSERT INTO timetables (i_campaign, cron, timezone, action) SELECT i_campaign, '0 0 9 1 1 ? 2099',"
                        + " 'UTC', 'start' FROM campaigns WHERE name = 'spring sale'");
        assertThat(api.get(path).text()).contains("\"action\":\"start\",\"next\":\"2099-01-01T09:00:00Z\"");

        assertThat(api.get("/api/activity?campaign=spring%20sale").text())
                .contains("\"number\":\"+49 30 1\"", "\"status\":\"success\"");
        assertThat(api.get("/api/campaigns?fields=name,finished").text())
                .contains("{\"name\":\"spring sale\",\"finished\":3,\"i_campaign\":");
        assertThat(api.get("/api/campaigns?fields=name,md5secret").status()).isEqualTo(400);

        ApiClient.Reply export = api.get(path + "/attempts?format=csv");
        assertThat(export.header("Content-Type")).startsWith("text/csv");
        assertThat(export.text().lines()).hasSize(4);
        assertThat(export.text().lines().findFirst().orElseThrow().split(","))
                .as("all columns, and what the calls share")
                .containsAll(installation.column(
                        "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
                                + " AND TABLE_NAME = 'call_attempts'"))
                .contains("revision", "rules_version");
        assertThat(export.text()).contains(",'+49 30 1,1,").doesNotContain(",+49");
        assertThat(api.get(path + "/attempts").text())
                .startsWith("[{\"call_uuid\":")
                .contains("\"number\":\"+49 30 1\"");
    }

    @Test
    void aCampaignIsMeantByItsKeyOrItsNameLetterByLetter() throws Exception {
        Object key = api.post("/api/campaigns", campaign("by name")).json().get("i_campaign");
        assertThat(api.get("/api/campaigns/by%20name").json()).containsEntry("i_campaign", key);
        assertThat(api.get("/api/campaigns/" + key).json()).containsEntry("name", "by name");
        assertThat(api.post("/api/campaigns/BY%20NAME/start", "").status()).isEqualTo(404);
        assertThat(api.post("/api/campaigns", campaign("By Name")).status()).isEqualTo(409);
        assertThat(api.post("/api/campaigns", campaign("2031")).text()).contains("\"field\":\"name\"");

        installation.campaign("by name", Map.of("paused", 1));
        ApiClient.Reply twice = api.post("/api/campaigns/by%20name/start", "");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.text()).contains("by name is the name of [" + key + ", ");
        assertThat(api.post("/api/campaigns/" + key + "/start", "").json()).containsEntry("paused", false);
    }

    @Test
    void aReasonIsACodeForProgramsAndASentenceForPeople() throws Exception {
        Map<String, Object> slow = campaign("slow");
        slow.put("time_between_calls", 600);
        String path = api.post("/api/campaigns", slow).header("Location");
        Awaitility.await("the campaign is read")
                .untilAsserted(() -> assertThat(api.get(path).json())
                        .containsEntry("state", "paused")
                        .containsEntry("idle_reason", "paused")
                        .containsEntry("why_idle", "paused"));
        api.post(path + "/numbers", List.of("030 1", "030 2"));
        api.post(path + "/start", "");
        Awaitility.await().untilAsserted(() -> assertThat(api.get(path).json())
                .containsEntry("state", "dialling")
                .containsEntry("idle_reason", "rate")
                .containsEntry("why_idle", "time_between_calls has not passed"));
        Awaitility.await().untilAsserted(() -> assertThat(
                        api.get("/api/campaigns?fields=idle_reason").text())
                .contains("{\"idle_reason\":\"rate\",\"i_campaign\":"));
    }

    @Test
    void aWrongFieldIsNamedAndNothingIsStored() throws Exception {
        Map<String, Object> wrong = campaign("wrong");
        wrong.put("max_concurrent_calls", 0);
        ApiClient.Reply refused = api.post("/api/campaigns", wrong);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().get("errors"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .isEqualTo(
                        Map.of("field", "max_concurrent_calls", "detail", "must be a whole number from 1 to 100000"));

        wrong.put("max_concurrent_calls", 1);
        wrong.put("action_on_answer", "system(rm)");
        refused = api.post("/api/campaigns", wrong);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"action_on_answer\"");
        assertThat(api.get("/api/campaigns/wrong").status()).isEqualTo(404);
    }

    @Test
    void noTableOfCalloutsOwnIsADestinationList() throws Exception {
        api.post("/api/campaigns", campaign("ownlist"));
        ApiClient.Reply refused = change("ownlist", "*", "{\"destination_list\":\"campaigns\"}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"destination_list\"", "none of Callout's own tables");
        assertThat(installation.number("SELECT COUNT(*) FROM campaigns WHERE destination_list IS NOT NULL"))
                .isZero();
    }

    @Test
    void aCampaignWithoutGatewayIsCheckedWithTheProxyOfTheOptionsTable() throws Exception {
        installation.execute("INSERT INTO options VALUES ('campaign', 'sipproxy', 'sip.example')");
        TableOptions options =
                installation.camelContext().getRegistry().lookupByNameAndType("tableOptions", TableOptions.class);
        Awaitility.await().until(() -> "sip.example".equals(options.sipProxy()));

        ApiClient.Reply refused =
                api.post("/api/campaigns", Map.of("name", "proxied", "action_on_answer", "system(id)"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("action_on_answer").doesNotContain("no way out");
        ApiClient.Reply created = api.post("/api/campaigns", Map.of("name", "proxied", "action_on_answer", "echo()"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    @Test
    void aChangeOnTopOfAnothersChangeIsRefused() throws Exception {
        api.post("/api/campaigns", campaign("shared"));
        String seen = api.get("/api/campaigns/shared").header("ETag");

        ApiClient.Reply mine = change("shared", seen, "{\"max_attempts\":5}");
        assertThat(mine.status()).as(mine.text()).isEqualTo(200);
        assertThat(mine.json()).containsEntry("max_attempts", 5).containsEntry("threshold_msec", 0);
        assertThat(change("shared", seen, "{\"max_attempts\":6}").status()).isEqualTo(412);
        assertThat(api.get("/api/campaigns/shared").json()).containsEntry("max_attempts", 5);
        assertThat(change("shared", mine.header("ETag"), "{\"max_attempts\":null}")
                        .json())
                .containsEntry("max_attempts", null);
    }

    @Test
    void delaysOfRetriesAreTakenAndJudged() throws Exception {
        Map<String, Object> delays = campaign("delays");
        delays.put("retry_delays", "busy=300, invalid=never");
        assertThat(api.post("/api/campaigns", delays).json()).containsEntry("retry_delays", "busy=300, invalid=never");
        assertThat(installation.column("SELECT retry_delays FROM campaigns WHERE name = 'delays'"))
                .containsExactly("busy=300, invalid=never");
        String etag = api.get("/api/campaigns/delays").header("ETag");
        ApiClient.Reply refused = change("delays", etag, "{\"retry_delays\":\"busy=soon\"}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("\"field\":\"retry_delays\"");
        assertThat(change("delays", etag, "{\"retry_delays\":\"busy=60\"}").json())
                .containsEntry("retry_delays", "busy=60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaigns", "schedules", "prompts", "timetables", "holiday-calendars"})
    void aDeletionIsRefusedIfAnotherChangesWhatIsDeletedAtTheSameTime(String what) throws Exception {
        Map<String, Map<String, Object>> bodies = Map.of(
                "campaigns",
                campaign("raced"),
                "schedules",
                Map.of("name", "raced", "records", List.of()),
                "prompts",
                Map.of("name", "raced", "file", "raced.wav"),
                "timetables",
                Map.of("name", "raced", "cron", "0 0 9 1 1 ? 2099", "timezone", "UTC", "action", "stop"),
                "holiday-calendars",
                Map.of("name", "raced"));
        ApiClient.Reply created = api.post("/api/" + what, bodies.get(what));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String table = what.equals("prompts") ? "ivr_prompts" : what.replace('-', '_');
        try (Connection other = DriverManager.getConnection(installation.url(), "root", "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE " + table + " SET name = 'raced on' WHERE name = 'raced'");
            CompletableFuture<ApiClient.Reply> deletion = CompletableFuture.supplyAsync(() -> delete(created));
            Awaitility.await()
                    .until(() -> deletion.isDone()
                            || installation.number(
                                            "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_query LIKE"
                                                    + " '%FOR UPDATE%' AND trx_state = 'LOCK WAIT'")
                                    > 0);
            other.commit();

            assertThat(deletion.get().status()).as(deletion.get().text()).isEqualTo(412);
        }
        assertThat(installation.column("SELECT name FROM " + table)).contains("raced on");
    }

    private static ApiClient.Reply delete(ApiClient.Reply seen) {
        try {
            return api.send(api.request(seen.header("Location")).DELETE().header("If-Match", seen.header("ETag")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiClient.Reply change(String name, String etag, String body) throws Exception {
        return api.send(api.request("/api/campaigns/" + name)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .header("If-Match", etag)
                .header("Content-Type", "application/merge-patch+json"));
    }

    @Test
    void anImportTellsOfEachLineWhatBecameOfIt() throws Exception {
        api.post("/api/campaigns", campaign("import"));
        api.post("/api/do-not-call", Map.of("number", "030-5", "reason", "asked us not to"));
        String lines = "number,name\n0301,a\n0302,\"b\nb\"\n030 1,c\n\n;;,d\n030/5,e\n0306,f\n";

        ApiClient.Reply nothing = api.send("POST", "/api/campaigns/import/numbers", "text/csv", lines);
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.json())
                .containsEntry("imported", false)
                .containsEntry("accepted", 0)
                .containsEntry("refused", 1);
        assertThat(api.get("/api/campaigns/import/numbers").json().get("numbers"))
                .isEqualTo(List.of());

        ApiClient.Reply good = api.send("POST", "/api/campaigns/import/numbers?mode=good", "text/csv", lines);
        assertThat(good.json())
                .as(good.text())
                .containsEntry("accepted", 3)
                .containsEntry("duplicate", 1)
                .containsEntry("do_not_call", 1)
                .containsEntry("refused", 1)
                .containsEntry("variables", List.of("name"))
                .containsEntry("warned", 1)
                .containsEntry("ignored_columns", List.of());
        assertThat(good.text())
                .contains("{\"line\":5,\"cld\":\"030 1\",")
                .contains("{\"line\":7,\"cld\":\";;\",")
                .contains("{\"line\":8,\"cld\":\"030/5\",");

        ApiClient.Reply again = api.send(
                "POST",
                "/api/campaigns/import/numbers",
                "application/json",
                "[\"0301\", {\"cld\":\"0307\",\"priority\":3}]");
        assertThat(again.json()).as(again.text()).containsEntry("accepted", 1).containsEntry("duplicate", 1);
        assertThat(api.get("/api/campaigns/import/numbers?cld=0307").text()).contains("\"priority\":3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,street\\nBob,0301|No cell of line 1 shows which column holds the numbers",
                "telefon;handy\\n0301;0302|Line 1 has more than one column that may hold the numbers",
                "cld,cld\\n0301,0302|The heading has two columns cld or number",
                "number,cld\\n0301,0302|The heading has two columns cld or number",
                "cld,priority\\n0301,1,0302|the line has 3 cells, where there are 2 columns",
                "0301,,,x|the line has 4 cells, where there are 3 columns",
                "0301\\nabc def ghi|letters and blanks are no number",
                "0301\\n4.93E+11|a power of ten"
            })
    void whatIsNoNumberIsNotTakenForOne(String lines, String reason) throws Exception {
        api.post("/api/campaigns", campaign("refusing"));
        ApiClient.Reply reply =
                api.send("POST", "/api/campaigns/refusing/numbers", "text/csv", lines.replace("\\n", "\n"));
        assertThat(reply.status()).isIn(400, 422);
        assertThat(reply.text()).contains(reason);
        assertThat(api.get("/api/campaigns/refusing/numbers").json().get("numbers"))
                .isEqualTo(List.of());
    }

    /** What a file is, its content decides: its type is the one that a browser or curl sends, or none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|xlsx|",
                "application/octet-stream|xlsx|gzip",
                "|csv|gzip",
                "application/vnd.ms-excel|csv|",
                "text/plain|csv|",
                "text/csv|csv|gzip",
                "application/octet-stream|json|",
                "application/gzip|json|gzip"
            })
    void aFileIsImportedAsWhatItHolds(String type, String content, String packed) throws Exception {
        byte[] file = content.equals("xlsx")
                ? WorkbookFile.of(
                        "<row><c t='s'><v>0</v></c></row><row><c><v>4.93023125011E+12</v></c></row>"
                                + "<row><c s='1'><v>46000</v></c></row>",
                        "Telefon")
                : (content.equals("csv") ? "sep=|\r\nTelefon\r\n4930231250110\r\n;\r\n" : "[\"4930231250110\", \";\"]")
                        .getBytes(StandardCharsets.UTF_8);
        String name = ("of-" + type + "-" + content + "-" + packed).replace('/', '-');
        api.post("/api/campaigns", campaign(name));
        String path = "/api/campaigns/" + name + "/numbers";
        HttpRequest.Builder request = api.request(path + "?mode=good")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed == null ? file : gzip(file)));
        if (type != null) {
            request.header("Content-Type", type);
        }
        ApiClient.Reply reply = api.send(packed == null ? request : request.header("Content-Encoding", packed));
        assertThat(reply.json()).as(reply.text()).containsEntry("accepted", 1).containsEntry("refused", 1);
        assertThat(api.get(path).text()).contains("\"cld\":\"4930231250110\"");
    }

    private static byte[] gzip(byte[] file) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(file);
        }
        return packed.toByteArray();
    }

    @Test
    void whatCannotBeReadIsRefusedAndNothingOfItImported() throws Exception {
        api.post("/api/campaigns", campaign("damaged"));
        String lines = "number\n" + "0301\n".repeat(100_000);
        byte[] packed = gzip(lines.getBytes(StandardCharsets.UTF_8));
        ApiClient.Reply damaged = api.send(api.request("/api/campaigns/damaged/numbers?mode=good")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed, 0, packed.length / 2)));
        assertThat(damaged.status()).isEqualTo(400);
        assertThat(damaged.text()).contains("Behind line ", "gzip file is damaged or cut off");
        for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            assertThat(api.send("POST", "/api/campaigns/damaged/numbers", type, "number=0301")
                            .status())
                    .isEqualTo(415);
        }
        assertThat(api.send(api.request("/api/campaigns/damaged/numbers")
                                .header("Content-Encoding", "br")
                                .POST(HttpRequest.BodyPublishers.ofString("0301\n")))
                        .text())
                .contains("Content-Encoding br cannot be read: use gzip or none");
        assertThat(api.get("/api/campaigns/damaged/numbers").json().get("numbers"))
                .isEqualTo(List.of());
    }

    @Test
    void columnsThatDoNotShowWhatTheyHoldAreNamedByTheRequest() throws Exception {
        api.post("/api/campaigns", campaign("columns"));
        String path = "/api/campaigns/columns/numbers";
        String lines = "Kundin,Tel. priv.,Rang,timezone,Vorname (2)\nAnn,0301,4,Europe/Berlin,x\n";
        ApiClient.Reply asked = api.send("POST", path, "text/csv", lines);
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.json())
                .containsEntry("columns", List.of("Kundin", "Tel. priv.", "Rang", "timezone", "Vorname (2)"));
        ApiClient.Reply named =
                api.send("POST", path + "?column.number=Tel.%20priv.&column.priority=rang", "text/csv", lines);
        assertThat(named.json())
                .as(named.text())
                .containsEntry("accepted", 1)
                .containsEntry("variables", List.of("kundin"))
                .containsEntry("ignored_columns", List.of("Vorname (2)"));
        assertThat(api.get(path).text()).contains("\"cld\":\"0301\"", "\"priority\":4");
        assertThat(api.send("POST", path + "?column.zone=timezone", "text/csv", lines)
                        .text())
                .contains("There is no query parameter column.zone here");
        assertThat(api.send("POST", path + "?column.number=x", "application/json", "[]")
                        .text())
                .contains("JSON has no columns to be named");
    }

    @Test
    void extensionsWithLettersAndEmptyCellsAtTheEndOfALineAreTaken() throws Exception {
        api.post("/api/campaigns", campaign("extensions"));
        assertThat(api.send("POST", "/api/campaigns/extensions/numbers", "text/csv", "cld,callerid\nalice\nbob,, ,\n")
                        .json())
                .containsEntry("accepted", 2);
    }

    @Test
    void schedulesPromptsAndDoNotCallAreKept() throws Exception {
        ApiClient.Reply schedule = api.post(
                "/api/schedules",
                Map.of(
                        "name",
                        "office",
                        "records",
                        List.of(Map.of(
                                "start_wday", 1, "stop_wday", 5, "start_time", "09:00:00", "stop_time", "17:30:00"))));
        assertThat(schedule.status()).as(schedule.text()).isEqualTo(201);
        assertThat(api.get(schedule.header("Location")).text()).contains("\"start_time\":\"09:00:00\"");

        ApiClient.Reply prompt = api.post("/api/prompts", Map.of("name", "hello", "file", "hello.wav"));
        assertThat(prompt.status()).as(prompt.text()).isEqualTo(201);
        Map<String, Object> user = campaign("user");
        user.put("i_ivr_prompt", prompt.json().get("i_ivr_prompt"));
        user.put("i_schedule", schedule.json().get("i_schedule"));
        user.put("timezone", "Europe/Berlin");
        user.remove("action_on_answer");
        assertThat(api.post("/api/campaigns", user).status()).isEqualTo(201);
        assertThat(api.send("DELETE", prompt.header("Location"), "application/json", "")
                        .status())
                .isEqualTo(409);
        assertThat(api.send("DELETE", "/api/campaigns/user", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(api.send("DELETE", prompt.header("Location"), "application/json", "")
                        .status())
                .isEqualTo(204);

        ApiClient.Reply listed =
                api.post("/api/do-not-call", Map.of("number", "+49 40 1", "expires", "2030-01-01T00:00:00+01:00"));
        assertThat(listed.json()).as(listed.text()).containsEntry("expires", "2029-12-31T23:00:00.000Z");
        assertThat(listed.header("Location")).isEqualTo("/api/do-not-call/%2B49401");
        assertThat(api.send("DELETE", "/api/do-not-call/+49%2040%201", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/do-not-call?number=%2B49401").json()).containsEntry("do_not_call", List.of());
    }

    @Test
    void theDoNotCallListTakesNumbersAsTheyAreDialledAndNothingElse() throws Exception {
        String narrow = "+49\u202f170\u00a05";
        installation.execute("INSERT INTO do_not_call (number) VALUES ('+49 170-5')");
        ApiClient.Reply put = api.post("/api/do-not-call", Map.of("number", narrow, "reason", "asked us not to"));
        assertThat(put.status()).as(put.text()).isEqualTo(201);
        assertThat(put.json()).containsEntry("number", "+491705");
        assertThat(installation.column("SELECT number FROM do_not_call WHERE number LIKE '+49%170%'"))
                .as("the same number written otherwise is replaced")
                .containsExactly("+491705");
        assertThat(api.get("/api/do-not-call?number=%2B49%20170%205").text()).contains("asked us not to");

        for (String number : List.of("", " / ", "\u202a+491705\u202c", "0170, 0171", "١٢٣")) {
            ApiClient.Reply refused = api.post("/api/do-not-call", Map.of("number", number));
            assertThat(refused.status()).as(number).isEqualTo(422);
            assertThat(refused.text()).contains("\"field\":\"number\"");
        }

        api.post("/api/campaigns", campaign("narrow"));
        assertThat(api.send("POST", "/api/campaigns/narrow/numbers", "text/csv", narrow + "\n")
                        .json())
                .containsEntry("do_not_call", 1)
                .containsEntry("accepted", 0);
        assertThat(api.send("POST", "/api/campaigns/narrow/numbers", "text/csv", "+49\u202f170\u20036\n")
                        .json())
                .containsEntry("accepted", 1);
        assertThat(api.send("POST", "/api/campaigns/narrow/numbers", "text/csv", "+491706\n")
                        .json())
                .as("known however it is written")
                .containsEntry("duplicate", 1);
    }

    @Test
    void aSuspendedRouteIsShownAndRefusesAtOnceWhatItServes() throws Exception {
        api.post("/api/campaigns", campaign("halted"));
        installation.camelContext().getRouteController().suspendRoute("import");
        assertThat(api.send("POST", "/api/campaigns/halted/numbers", "text/csv", "+49170\n")
                        .json())
                .containsEntry("status", 503)
                .containsEntry("detail", "This route is suspended");
        assertThat(api.get("/api/activity").text()).contains("\"halted\":[\"route import is suspended since ");

        installation.camelContext().getRouteController().resumeRoute("import");
        assertThat(api.send("POST", "/api/campaigns/halted/numbers", "text/csv", "+49170\n")
                        .json())
                .containsEntry("accepted", 1);
        assertThat(api.get("/api/activity").text()).contains("\"halted\":[]");
    }

    @Test
    void healthAndSwitchesAreShown() throws Exception {
        Awaitility.await().untilAsserted(() -> assertThat(api.get("/health").json())
                .containsEntry("status", "UP")
                .containsEntry(
                        "checks",
                        Map.of(
                                "context",
                                "UP",
                                "database",
                                "UP",
                                "ends",
                                "UP",
                                "routes",
                                "UP",
                                "component:esl",
                                "UP")));
        assertThat(api.get("/health?live=true").json())
                .isEqualTo(Map.of("status", "UP", "checks", Map.of("context", "UP")));
        assertThat(api.get("/api/switches").text())
                .contains("\"name\":\"sim\"")
                .contains("\"connected\":true")
                .doesNotContain("ClueCon");
        assertThat(api.get("/nowhere").json()).containsEntry("status", 404);
        assertThat(api.send("PUT", "/health", "text/plain", "").json()).containsEntry("status", 405);
    }

    @Test
    void whileLargeFilesAreUploadedSlowlyAndQuicklyTheHealthIsTold() throws Exception {
        String path = api.post("/api/campaigns", campaign("uploads")).header("Location") + "/numbers";
        String numbers = IntStream.range(0, 100_000)
                .mapToObj(i -> "+49 30 " + i + "\n")
                .collect(Collectors.joining("", "cld\n", ""));
        byte[] slow = numbers.replace("+49", "+43").getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                    + "Connection: close\r\nContent-Length: " + slow.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(slow, 0, slow.length / 2);
            CompletableFuture<ApiClient.Reply> quick = CompletableFuture.supplyAsync(() -> {
                try {
                    return api.send("POST", path, "text/csv", numbers);
                } catch (IOException | InterruptedException e) {
                    throw new CompletionException(e);
                }
            });
            do {
                assertThat(api.send(api.request("/health?live=true").timeout(Duration.ofSeconds(60)))
                                .status())
                        .isEqualTo(200);
            } while (!quick.isDone());
            assertThat(quick.join().json()).containsEntry("accepted", 100_000);

            socket.getOutputStream().write(slow, slow.length / 2, slow.length - slow.length / 2);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"accepted\":100000");
        }
    }
}

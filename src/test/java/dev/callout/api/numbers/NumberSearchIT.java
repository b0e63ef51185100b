package dev.callout.api.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers of all campaigns are found in any spelling, and one is changed, shown with its calls, and called again. */
class NumberSearchIT {

    private static final String ADMIN = "s3cret-s3cret-s3cret";

    private static Installation callout;
    private static ApiClient api;
    private static String viewer;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TOKEN", ADMIN)
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start();
        api = new ApiClient(port);
        viewer = (String) send(ADMIN, "POST", "/api/tokens", null, "{\"name\":\"watch\",\"role\":\"viewer\"}")
                .json()
                .get("token");
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String table : List.of("campaign_phones", "call_attempts", "campaigns")) {
            callout.execute("DELETE FROM " + table);
        }
    }

    private static ApiClient.Reply send(String token, String method, String path, String etag, String body)
            throws Exception {
        HttpRequest.Builder request = api.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return api.send(request);
    }

    private static ApiClient.Reply get(String path) throws Exception {
        return send(ADMIN, "GET", path, null, null);
    }

    /** The numbers of all pages, as they are written. */
    private static List<Object> found(String query) throws Exception {
        List<Object> found = new ArrayList<>();
        Object next = 0;
        while (next != null) {
            ApiClient.Reply page = get("/api/numbers?after=" + next + "&" + query);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            ((List<?>) page.json().get("numbers")).forEach(row -> found.add(((Map<?, ?>) row).get("cld")));
            next = page.json().get("next");
        }
        return found;
    }

    @Test
    void aNumberIsFoundInAnySpellingWhateverItsCampaignKnows() throws Exception {
        long read = callout.campaign("read", Map.of("paused", 1));
        long foreign = callout.campaign("foreign", Map.of("paused", 1, "country", "none"));
        assertThat(send(ADMIN, "POST", "/api/campaigns/read/numbers", null, "[\"030 23125567\", \"030 23125568\"]")
                        .status())
                .isEqualTo(200);
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, status, finished, hangup_cause) VALUES (" + read
                + ", '0049-30-23125567', 'failure', 1, 'USER_BUSY'), (" + foreign
                + ", '+49 (30) 2312 5567', 'idle', 0, NULL), (" + foreign + ", '030 23125567', 'idle', 0, NULL)");
        for (String spelling : List.of("%2B493023125567", "0049%2030%20231%2025567")) {
            assertThat(found("number=" + spelling))
                    .as("a campaign without a country has telephones with + only")
                    .containsExactlyInAnyOrder("030 23125567", "0049-30-23125567", "+49 (30) 2312 5567");
        }
        assertThat(found("number=030%2023125567&cause=USER_BUSY")).containsExactly("0049-30-23125567");
        assertThat(found("number=030%2023125567"))
                .as("those that are written so, too")
                .hasSize(4)
                .contains("+49 (30) 2312 5567");
        assertThat(found("number=%2B493023125567&campaign=foreign")).containsExactly("+49 (30) 2312 5567");
        assertThat(found("number=%2B493023125567&limit=1")).as("page by page").hasSize(3);
        assertThat(found("status=failure&limit=1")).containsExactly("0049-30-23125567");
        assertThat(found("campaign=read&limit=2")).hasSize(3).doesNotHaveDuplicates();
        assertThat(found("limit=2")).as("page by page").hasSize(5);
        assertThat(get("/api/numbers?number=%20").status()).isEqualTo(422);
        assertThat(get("/api/numbers?limit=0").status()).isEqualTo(400);
    }

    @Test
    void aNumberIsFoundByItsDigitsIfOnlyItsCampaignHasACountry() throws Exception {
        int port = FreePort.next();
        try (Installation other = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .start()) {
            long campaign = other.campaign("austria", Map.of("paused", 1, "country", "AT"));
            other.execute("INSERT INTO campaign_phones (i_campaign, cld, e164) VALUES (" + campaign
                    + ", '0664-1234567', '+436641234567')");

            assertThat(new ApiClient(port)
                            .get("/api/numbers?number=0664%201234567")
                            .text())
                    .contains("\"cld\":\"0664-1234567\"");
        }
    }

    @Test
    void aViewerSeesMaskedNumbersAndCannotLookForOne() throws Exception {
        long campaign = callout.campaign("masked", Map.of("paused", 1));
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '+49 30 23125567')");
        assertThat(send(viewer, "GET", "/api/numbers", null, null).text())
                .contains("\"cld\":\"+4930")
                .doesNotContain("23125567");
        ApiClient.Reply refused = send(viewer, "GET", "/api/numbers?number=%2B493023125567", null, null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json()).containsEntry("needed_role", "operator");
    }

    @Test
    void numbersOfAListAreFoundAndCalledAgain() throws Exception {
        callout.execute("CREATE TABLE searched_list (number VARCHAR(64) PRIMARY KEY, lastcall DATETIME, lastresult"
                + " VARCHAR(64), calls INT, in_use INT, duration INT, callerid VARCHAR(64))");
        callout.execute("INSERT INTO searched_list VALUES ('+493023125567', NOW(), 'USER_BUSY', 3, 0, 0, NULL),"
                + " ('+493023125568', NULL, NULL, 0, 0, NULL, NULL)");
        long campaign = callout.campaign("listed", Map.of("destination_list", "searched_list", "paused", 1));
        Awaitility.await().until(() -> get("/api/campaigns/listed/numbers").status() == 200);
        assertThat(found("number=030%20231%2025567")).containsExactly("+493023125567");
        assertThat(found("campaign=listed&limit=1")).containsExactly("+493023125567", "+493023125568");
        Map<?, ?> row = (Map<?, ?>)
                ((List<?>) get("/api/numbers?campaign=listed").json().get("numbers")).get(0);
        String path = "/api/campaigns/" + campaign + "/numbers/" + row.get("i_campaign_phone");
        assertThat(send(ADMIN, "POST", path + "/call-again", null, null).json()).containsEntry("reopened", 1);
        assertThat(callout.column("SELECT calls FROM searched_list WHERE number LIKE '%67'"))
                .containsExactly("0");
        callout.execute("DELETE FROM campaigns");
        callout.execute("DROP TABLE searched_list");
    }

    @Test
    void aNumberOfAListIsChangedOnceAndRemoved() throws Exception {
        callout.execute("CREATE TABLE changed_list (number VARCHAR(64) PRIMARY KEY, lastcall DATETIME, lastresult"
                + " VARCHAR(64), calls INT, in_use INT, duration INT, callerid VARCHAR(12))");
        callout.execute("INSERT INTO changed_list VALUES ('+493023125567', NULL, NULL, 0, 0, NULL, NULL),"
                + " ('+493023125568', NULL, NULL, 0, 1, NULL, NULL)");
        callout.campaign("changed", Map.of("destination_list", "changed_list", "paused", 1));
        Awaitility.await().until(() -> get("/api/campaigns/changed/numbers").status() == 200);
        long key = callout.number("SELECT callout_row FROM changed_list WHERE number LIKE '%67'");
        String path = "/api/campaigns/changed/numbers/" + key;

        ApiClient.Reply old = get(path);
        assertThat(old.json()).doesNotContainKey("priority").containsKey("consent");
        ApiClient.Reply changed = send(
                ADMIN, "PATCH", path, old.header("ETag"), "{\"callerid\": \"+4930111\", \"vars\": {\"a\": \"1\"}}");
        assertThat(changed.json())
                .as(changed.text())
                .containsEntry("callerid", "+4930111")
                .containsEntry("vars", Map.of("a", "1"));
        assertThat(send(ADMIN, "PATCH", path, old.header("ETag"), "{\"callerid\": null}")
                        .status())
                .isEqualTo(412);
        for (String wrong :
                List.of("{\"priority\": 1}", "{\"timezone\": \"Mars\"}", "{\"callerid\": \"+493011111111111\"}")) {
            assertThat(send(ADMIN, "PATCH", path, null, wrong).status())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(callout.column("SELECT CONCAT_WS(' ', callerid, vars) FROM changed_list WHERE callout_row = " + key))
                .containsExactly("+4930111 {\"a\":\"1\"}");
        assertThat(callout.column("SELECT changes FROM audit WHERE action = 'numbers.change'"))
                .anyMatch(entry -> entry.contains("changed_list") && !entry.contains("4930111"));

        String busy =
                "/api/campaigns/changed/numbers/" + callout.number("SELECT callout_row FROM changed_list WHERE in_use");
        assertThat(send(ADMIN, "DELETE", busy, null, null).status())
                .as("another dialler calls it")
                .isEqualTo(409);
        assertThat(send(ADMIN, "DELETE", path, old.header("ETag"), null).status())
                .isEqualTo(412);
        assertThat(send(ADMIN, "DELETE", path, changed.header("ETag"), null).status())
                .isEqualTo(204);
        assertThat(send(ADMIN, "DELETE", path, null, null).status()).isEqualTo(404);
        assertThat(callout.column("SELECT number FROM changed_list")).containsExactly("+493023125568");

        assertThat(send(ADMIN, "PATCH", busy, null, "{\"timezone\": \"Europe/Berlin\"}")
                        .json())
                .containsEntry("timezone", "Europe/Berlin");
        callout.execute("DELETE FROM campaigns");
        callout.execute("DROP TABLE changed_list");
    }

    @Test
    void aNumberIsShownWithItsCallsChangedOnceAndCalledAgain() throws Exception {
        long campaign = callout.campaign("one", Map.of("paused", 1));
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld, status, finished, call_count, hangup_cause)"
                + " VALUES (" + campaign + ", '030 23125567', 'failure', 1, 2, 'USER_BUSY'), (" + campaign
                + ", '030 23125568', 'success', 1, 1, 'NORMAL_CLEARING')");
        long key = callout.number("SELECT MIN(i_campaign_phone) FROM campaign_phones");
        callout.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                        + " disconnect_time, status, hangup_cause, kind) VALUES (UUID(), " + campaign + ", " + key
                        + ", '030 23125567', 2, '2026-11-30 10:00:00', '2026-11-30 10:00:09', 'failure', 'USER_BUSY', NULL), (UUID(), "
                        + campaign + ", " + key
                        + ", '030 23125567', 1, '2026-11-30 09:00:00', '2026-11-30 09:00:09', 'failure',"
                        + " 'NO_ANSWER', NULL), (UUID(), " + campaign + ", " + key
                        + ", '030 23125567', 0, NULL, NULL, 'failure',"
                        + " NULL, 'test')");
        String path = "/api/campaigns/one/numbers/" + key;
        assertThat(((List<?>) get(path + "/attempts").json().get("attempts"))
                        .stream()
                                .map(one ->
                                        ((Map<?, ?>) one).get("hangup_cause").toString()))
                .containsExactly("NO_ANSWER", "USER_BUSY");

        String etag = get(path).header("ETag");
        ApiClient.Reply changed = send(
                ADMIN,
                "PATCH",
                path,
                etag,
                "{\"callerid\": \"+4930111\", \"priority\": -1, \"timezone\": \"Europe/Berlin\", \"vars\": {\"a\": \"1\"}}");
        assertThat(changed.json())
                .as(changed.text())
                .containsEntry("callerid", "+4930111")
                .containsEntry("priority", -1)
                .containsEntry("timezone", "Europe/Berlin")
                .containsEntry("vars", Map.of("a", "1"));
        assertThat(send(ADMIN, "PATCH", path, etag, "{\"priority\": 5}").status())
                .as("somebody else was faster")
                .isEqualTo(412);
        assertThat(send(ADMIN, "PATCH", path, changed.header("ETag"), "{\"priority\": null, \"callerid\": null}")
                        .json())
                .containsEntry("priority", 0)
                .containsEntry("callerid", null)
                .containsEntry("vars", Map.of("a", "1"));
        assertThat(send(ADMIN, "PATCH", path, null, "{\"timezone\": \"Mars\"}").text())
                .contains("\"field\":\"timezone\"");
        assertThat(callout.column("SELECT changes FROM audit WHERE action = 'numbers.change'"))
                .allSatisfy(entry -> assertThat(entry).doesNotContain("4930111", "Berlin"));

        assertThat(send(ADMIN, "POST", path + "/call-again", null, null).json()).containsEntry("reopened", 1);
        assertThat(send(ADMIN, "POST", path + "/call-again", null, null).status())
                .as("it is called again already")
                .isEqualTo(409);
        assertThat(send(ADMIN, "POST", "/api/campaigns/one/numbers/" + (key + 1) + "/call-again", null, null)
                        .status())
                .as("it was reached")
                .isEqualTo(409);
        assertThat(callout.column("SELECT CONCAT_WS(' ', cld, finished, call_count) FROM campaign_phones"))
                .containsExactly("030 23125567 0 0", "030 23125568 1 1");
    }
}

package dev.callout.api.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attempts of all campaigns are found page by page, back in time. */
class AttemptSearchIT {

    private static final String ADMIN = "s3cret-s3cret-s3cret";

    /** More than are looked at by two statements. */
    private static final int MANY = 5_000;

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
                .simulated(sim -> {})
                .start();
        api = new ApiClient(port);
        HttpRequest.Builder made = api.request("/api/tokens")
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"watch\",\"role\":\"viewer\"}"));
        viewer = (String) api.send(made).json().get("token");
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String table : List.of("call_attempts", "campaigns")) {
            callout.execute("DELETE FROM " + table);
        }
    }

    private static ApiClient.Reply get(String token, String query) throws Exception {
        return api.send(api.request("/api/attempts?" + query)
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    /** Attempts number {@code first} to {@code last}, four a second. */
    private static void attempts(long campaign, int first, int last, String day) throws Exception {
        callout.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                        + " disconnect_time, status, hangup_cause, kind) SELECT UUID(), " + campaign
                        + ", seq, CONCAT('030 2312-', 1000 + seq), 1, '" + day + "', '" + day
                        + "' + INTERVAL seq DIV 4 SECOND,"
                        + " IF(seq % 2, 'success', 'failure'), IF(seq % 2, 'NORMAL_CLEARING', 'USER_BUSY'), IF(seq % 100, NULL, 'test')"
                        + " FROM seq_" + first + "_to_" + last);
    }

    private interface Between {
        void pages() throws Exception;
    }

    private static List<Integer> found(String query, Between between) throws Exception {
        List<Integer> found = new ArrayList<>();
        String after = "";
        while (after != null) {
            ApiClient.Reply page = get(ADMIN, query + after);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            ((List<?>) page.json().get("attempts"))
                    .forEach(row -> found.add((Integer) ((Map<?, ?>) row).get("i_campaign_phone")));
            Object next = page.json().get("next");
            after = next == null ? null : "&after=" + URLEncoder.encode((String) next, StandardCharsets.UTF_8);
            between.pages();
        }
        return found;
    }

    @Test
    void eachIsFoundOnceTheLatestFirstWhileOthersAreAdded() throws Exception {
        long campaign = callout.campaign("many", Map.of("paused", 1));
        attempts(campaign, 1, MANY, "2026-11-02 09:00:00");
        int[] added = {MANY};

        List<Integer> found = found("limit=333", () -> {
            attempts(campaign, added[0] + 1, added[0] + 50, "2026-11-02 09:00:00");
            added[0] += 50;
        });

        Set<Integer> expected = new HashSet<>();
        for (int i = 1; i <= MANY; i++) {
            if (i % 100 != 0) {
                expected.add(i);
            }
        }
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i) / 4).isLessThanOrEqualTo(found.get(i - 1) / 4);
        }
    }

    @Test
    void theyAreNarrowedByCampaignTimeStatusAndCause() throws Exception {
        long old = callout.campaign("old", Map.of("paused", 1));
        long recent = callout.campaign("recent", Map.of("paused", 1));
        attempts(old, 1, 20, "2026-10-01 09:00:00");
        attempts(recent, 1, MANY, "2026-11-02 09:00:00");

        assertThat(found("campaign=old&limit=7", () -> {})).hasSize(20);
        assertThat(found("campaign=old&status=success", () -> {})).hasSize(10).allMatch(key -> key % 2 == 1);
        assertThat(found("cause=USER_BUSY&until=2026-10-02T00:00:00Z", () -> {}))
                .hasSize(10);
        assertThat(found("since=2026-10-01T09:00:01Z&until=2026-10-01T09:00:02Z", () -> {}))
                .containsExactlyInAnyOrder(4, 5, 6, 7);
        assertThat(found("status=nothing", () -> {})).isEmpty();
    }

    @Test
    void aNumberIsFoundInAnySpellingByThoseWhoSeeNumbers() throws Exception {
        long campaign = callout.campaign("spelt", Map.of("paused", 1));
        attempts(campaign, 1, 300, "2026-11-02 09:00:00");

        assertThat(found("number=%2B49%2030%2023121234", () -> {})).containsExactly(234);
        ApiClient.Reply masked = get(viewer, "limit=1");
        assertThat(masked.status()).isEqualTo(200);
        assertThat(masked.text()).contains("…").doesNotContain("2312-1");
        assertThat(get(viewer, "number=%2B493023121234").status()).isEqualTo(403);
    }

    @Test
    void eachHasWhatTheExportHas() throws Exception {
        long campaign = callout.campaign("alike", Map.of("paused", 1));
        attempts(campaign, 1, 1, "2026-11-02 09:00:00");
        ApiClient.Reply export = api.send(api.request("/api/campaigns/alike/attempts")
                .header("Authorization", "Bearer " + ADMIN)
                .GET());

        assertThat(get(ADMIN, "campaign=alike").text()).contains(export.text().replaceAll("^\\[|]$", ""));
    }

    @Test
    void whatIsNoSearchIsRefused() throws Exception {
        for (String query :
                List.of("limit=0", "after=1", "after=x_y", "since=today", "until=10000-01-01", "colour=red")) {
            assertThat(get(ADMIN, query).status()).as(query).isEqualTo(400);
        }
        assertThat(get(ADMIN, "campaign=nobody").status()).isEqualTo(404);
        assertThat(get(ADMIN, "number=%20").status()).isEqualTo(422);
    }
}

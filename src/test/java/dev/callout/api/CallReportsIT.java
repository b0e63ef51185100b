package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bots and agents report of calls, and who may. */
class CallReportsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation callout;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_TRUSTED_PROXY", "127.0.0.1")
                // Call 51 is reported on twice while it is up, also by a busy machine.
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(
                                Duration.ofMillis(20),
                                Duration.ofMillis(call.number().equals("51") ? 10_000 : 2500)))
                        .agents(agent -> CalleePlan.answers(Duration.ofMillis(100))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static ApiClient.Reply report(String role, String call, String body) throws Exception {
        return api.as("bot", role).post("/api/calls/" + call + "/report", body);
    }

    private static String attempts(String campaign) throws Exception {
        return api.as("bot", "operator")
                .get("/api/campaigns/" + campaign + "/attempts?format=csv")
                .text();
    }

    @Test
    void aReportIsKeptBeforeAndAfterTheEndAndTheLastOneCounts() throws Exception {
        long campaign = callout.campaign("bots", Map.of("hand_over", "bridge:sofia/gateway/gw/bot"));
        callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '51')");
        String call = await().atMost(PATIENCE)
                .until(
                        () ->
                                callout
                                        .column(
                                                "SELECT call_uuid FROM campaign_phones WHERE cld = '51' AND status = 'answer'")
                                        .stream()
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
        assertThat(report("viewer", call, "{\"result\":\"sold\"}").status()).isEqualTo(403);
        ApiClient.Reply first = report("operator", call.toUpperCase(Locale.ROOT), "{\"result\":\"talking\"}");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE call_uuid = '" + call + "'"))
                .isZero();
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts WHERE number = '51'") == 1);
        assertThat(attempts("bots")).contains("answered,sofia/external/bot,").contains(",talking,");

        String sold = "{\"result\":\"sold\",\"note\":\"=two; \\uD83D\\uDE00\"}";
        assertThat(report("operator", call, sold).json()).containsEntry("reported_by", "user bot");
        assertThat(report("operator", call, sold).status()).isEqualTo(200);
        assertThat(attempts("bots")).contains(",sold,").doesNotContain(",=two");
        assertThat(callout.column("SELECT changes FROM audit WHERE action = 'call.report'"))
                .singleElement()
                .asString()
                .contains("talking", "sold")
                .doesNotContain("two");
    }

    @Test
    void aCallToANumberOfAListIsFoundWhileItIsUp() throws Exception {
        callout.campaign(
                "listed", Map.of("destination_list", "their_list", "hand_over", "bridge:sofia/gateway/gw/bot"));
        await().atMost(PATIENCE)
                .until(() ->
                        callout.number("SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
                                        + " AND TABLE_NAME = 'their_list' AND COLUMN_NAME = 'callout_e164'")
                                == 1);
        callout.execute("INSERT INTO their_list (number) VALUES ('61')");
        String call = await().atMost(PATIENCE)
                .until(
                        () ->
                                callout
                                        .column("SELECT callout_uuid FROM their_list WHERE callout_owner IS NOT NULL")
                                        .stream()
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
        assertThat(report("operator", call, "{\"result\":\"sold\"}").status()).isEqualTo(200);
    }

    @Test
    void anUnknownCallIsNotFound() throws Exception {
        assertThat(report("operator", UUID.randomUUID().toString(), "{\"result\":\"sold\"}")
                        .status())
                .isEqualTo(404);
        assertThat(report("operator", "x'%20OR%201=1", "{\"result\":\"sold\"}").status())
                .isEqualTo(404);
        assertThat(callout.number("SELECT COUNT(*) FROM call_reports WHERE result = 'unknown'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"result\":null}",
                "{\"result\":1}",
                "{\"result\":\"\"}",
                "{\"result\":\"So ld\"}",
                "{\"result\":\"${x}\"}",
                "{\"result\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
                "{\"result\":\"sold\",\"note\":\"a\\u0000b\"}",
                "{\"result\":\"sold\",\"note\":{}}",
                "{\"result\":\"sold\",\"agent\":\"x\"}"
            })
    void hostileReportsAreRefused(String body) throws Exception {
        assertThat(report("operator", UUID.randomUUID().toString(), body).status())
                .isIn(400, 422);
    }
}

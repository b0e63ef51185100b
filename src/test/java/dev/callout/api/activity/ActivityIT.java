package dev.callout.api.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.ApiClient;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was dialled lately is told by every node, also by one that has just been started. */
class ActivityIT {

    private static Installation callout;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static int sum(String path, String kind) throws Exception {
        return ((List<?>) api.get(path).json().get(kind))
                .stream().mapToInt(calls -> ((Number) calls).intValue()).sum();
    }

    @Test
    void attemptsOfAllNodesAreToldAlsoAfterARestartAndLegsAndTestCallsAreNone() throws Exception {
        long campaign = callout.campaign("told", Map.of("max_attempts", 1, "threshold_msec", 0));
        callout.numbers(campaign, "810", 3);
        callout.awaitAllFinished(Duration.ofSeconds(60));
        String own = "/api/activity?campaign=told";
        Awaitility.await().untilAsserted(() -> assertThat(sum(own, "success")).isEqualTo(3));
        assertThat(sum(own, "made")).isEqualTo(3);

        // As another node writes them.
        callout.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                        + " disconnect_time, status, hangup_cause, kind, leg) VALUES"
                        + " ('other-1', " + campaign + ", 99, '8199', 1, UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE,"
                        + "  UTC_TIMESTAMP(3) - INTERVAL 14 MINUTE, 'failure', 'USER_BUSY', NULL, 2),"
                        + " ('other-2', " + campaign + ", 99, '8199', 1, UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE,"
                        + "  UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE, 'next leg', 'X', NULL, 1),"
                        + " ('other-3', " + campaign + ", 0, '8198', 0, UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE,"
                        + "  UTC_TIMESTAMP(3) - INTERVAL 14 MINUTE, 'success', 'X', 'test', 1),"
                        + " ('other-4', 999, 1, '8197', 1, UTC_TIMESTAMP(3) - INTERVAL 45 MINUTE,"
                        + "  UTC_TIMESTAMP(3) - INTERVAL 40 MINUTE, 'success', 'X', NULL, 1)");
        callout.stop();
        callout.start();

        Awaitility.await().untilAsserted(() -> assertThat(sum(own, "success")).isEqualTo(3));
        assertThat(sum(own, "failure")).isEqualTo(1);
        assertThat(sum(own, "made")).isEqualTo(4);
        assertThat(sum("/api/activity", "success"))
                .as("none older than half an hour")
                .isEqualTo(3);
        assertThat(numbers(own)).hasSize(4).endsWith("8199").doesNotContain("8198", "8197");
        assertThat(numbers("/api/activity")).hasSize(5).endsWith("8199", "8197");

        callout.numbers(campaign, "820", 2);
        callout.awaitAllFinished(Duration.ofSeconds(60));
        Awaitility.await().untilAsserted(() -> assertThat(sum(own, "success")).isEqualTo(5));
        assertThat(sum(own, "made")).isEqualTo(6);
        Awaitility.await().untilAsserted(() -> assertThat(numbers(own)).hasSize(6));
    }

    private static List<Object> numbers(String path) throws Exception {
        return ((List<?>) api.get(path).json().get("latest"))
                .stream().<Object>map(row -> ((Map<?, ?>) row).get("number")).toList();
    }

    @Test
    void readingThemTakesTheIndexByEndAndNoMoreRowsThanTheLastHalfHourHas() throws Exception {
        callout.campaign("old", Map.of("i_campaign", 1000, "paused", 1));
        callout.execute(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                        + " disconnect_time, status) SELECT CONCAT('old-', seq), 1000, seq, seq, 1, UTC_TIMESTAMP(3) - INTERVAL seq HOUR,"
                        + " UTC_TIMESTAMP(3) - INTERVAL seq HOUR, 'success' FROM seq_1_to_20000");
        try {
            callout.execute("FLUSH STATUS");
            long before = handled();
            api.get("/api/activity?campaign=1000");
            api.get("/api/activity");
            assertThat(handled() - before).isLessThan(15_000);
        } finally {
            callout.execute("DELETE FROM call_attempts WHERE i_campaign = 1000");
        }
    }

    /** How many rows the server has read through indexes and tables, for all connections. */
    private static long handled() throws Exception {
        return callout.number("SELECT SUM(VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN"
                + " ('HANDLER_READ_NEXT', 'HANDLER_READ_PREV', 'HANDLER_READ_RND_NEXT')");
    }
}

package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a campaign stops when the bills of its day have reached its limit, and no other campaign does. */
class BudgetIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 3;

    @Test
    void noCallStartsOnceTheBillsHaveReachedTheLimitAndARaisedOneOpensItAgain() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "200")
                .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "0.5")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(100))))
                .start()) {
            callout.execute(
                    "INSERT INTO gateways (name, cost_per_minute, billing_increment) VALUES ('gw', 0.1, '60/60')");
            long money = callout.campaign("money", Map.of("max_concurrent_calls", LINES, "max_cost", 2));
            callout.numbers(money, "1", 100);
            long time = callout.campaign("time", Map.of("max_concurrent_calls", LINES, "max_minutes", 10));
            callout.numbers(time, "2", 100);
            long free = callout.campaign("free", Map.of("max_concurrent_calls", LINES));
            callout.numbers(free, "3", 60);

            awaitReached(callout, money, "max_cost 2");
            awaitReached(callout, time, "max_minutes 10");
            assertThat(calls(callout, money)).isBetween(20L, 20L + LINES - 1);
            assertThat(calls(callout, time)).isBetween(10L, 10L + LINES - 1);
            await().atMost(PATIENCE).until(() -> calls(callout, free) == 60);
            assertCounted(callout, money);
            assertCounted(callout, time);
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_days WHERE i_campaign = " + free))
                    .as("a campaign without a limit writes nothing more")
                    .isZero();

            callout.execute("UPDATE campaigns SET max_cost = 3 WHERE i_campaign = " + money);
            awaitReached(callout, money, "max_cost 3");
            assertThat(calls(callout, money)).isBetween(30L, 30L + LINES - 1);

            callout.execute("UPDATE campaigns SET max_cost = 5 WHERE i_campaign = " + free);
            await("calls before the limit was set count, too")
                    .atMost(PATIENCE)
                    .until(() -> callout.number("SELECT SUM(cost) FROM campaign_days WHERE i_campaign = " + free) == 6);
            callout.numbers(free, "4", 5);
            await().atMost(PATIENCE).until(() -> callout.control().whyIdle(free).startsWith("reached max_cost 5"));
            assertThat(calls(callout, free)).isEqualTo(60);
            assertThat(callout.number("SELECT SUM(call_count) FROM campaign_phones WHERE i_campaign = " + free))
                    .as("what waits for another day costs no attempt")
                    .isEqualTo(60);
        }
    }

    @Test
    void callsThatEndedWhileTheLimitWasClearedCountWhenItIsSetAgain() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "0.5")
                .start()) {
            long campaign = callout.campaign("spring", Map.of("max_minutes", 1000));
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_days WHERE owner = ''") == 1);
            callout.execute("UPDATE campaign_days SET made_at = made_at - INTERVAL 1 HOUR");
            callout.execute("UPDATE campaigns SET max_minutes = NULL, paused = 1");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(callout.control().whyIdle(campaign)).startsWith("paused"));
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " setup_time, disconnect_time, billed_sec) VALUES ('c', " + campaign
                            + ", 1, '1', 1, 'success',"
                            + " UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 600)");
            callout.execute("UPDATE campaigns SET max_minutes = 10, paused = 0");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(callout.control().whyIdle(campaign)).startsWith("reached max_minutes 10"));
        }
    }

    private static void awaitReached(Installation callout, long campaign, String limit) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                        .startsWith("reached " + limit)
                        .contains("opens at "));
        await().atMost(PATIENCE)
                .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"
                                + " AND i_campaign = " + campaign)
                        == 0);
    }

    /** The day has what its attempts cost, each once. */
    private static void assertCounted(Installation callout, long campaign) throws Exception {
        assertThat(callout.column("SELECT CONCAT_WS(' ', SUM(billed_sec), SUM(cost)) FROM campaign_days"
                        + " WHERE i_campaign = " + campaign))
                .isEqualTo(callout.column("SELECT CONCAT_WS(' ', SUM(billed_sec), SUM(cost)) FROM call_attempts"
                        + " WHERE i_campaign = " + campaign));
    }

    private static long calls(Installation callout, long campaign) throws Exception {
        return callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign);
    }
}

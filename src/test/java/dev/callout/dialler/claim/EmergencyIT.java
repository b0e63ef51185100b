package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.telephone.EraseKey;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An emergency campaign calls everybody whom it may reach; what protects others from its calls still holds. */
class EmergencyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ERASE_KEY = "0123456789abcdef0123456789abcdef";
    private static final String FLOOD = "Mayor Berg: flood at the lower bridge";

    private static Installation.Builder germany() {
        return Installation.builder()
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_ERASE_KEY", ERASE_KEY)
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(200))));
    }

    @Test
    void itCallsWhoIsListedErasedOrClosedByRulesButNoEmergencyNumberAndNoTelephoneTwiceAtOnce() throws Exception {
        try (Installation callout = germany().build()) {
            callout.execute("INSERT INTO do_not_call (number) VALUES ('030 23125001'), ('4711')");
            callout.execute("INSERT INTO do_not_call_lists (name, country, loaded_at, max_age_days)"
                    + " VALUES ('aged', 'DE', '2020-01-01', 1)");
            callout.execute("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164)"
                    + " VALUES (1, '030 23125002', '+493023125002')");
            callout.execute("INSERT INTO schedules (i_schedule, name) VALUES (1, 'without records: never open')");
            callout.execute("INSERT INTO calling_rules (name, i_schedule) VALUES ('never', 1)");
            EraseKey key = new EraseKey(ERASE_KEY);
            callout.execute("INSERT INTO erased_telephones (hash, key_sum, erased_at) VALUES ('"
                    + key.hash("+493023125003") + "', '" + key.sum() + "', UTC_TIMESTAMP())");
            callout.execute("CREATE TABLE streets (number VARCHAR(32), lastcall DATETIME, lastresult VARCHAR(64),"
                    + " calls INT, in_use INT, duration INT, callerid VARCHAR(32)) ENGINE=InnoDB");
            callout.execute("INSERT INTO streets (number) VALUES ('0049 30 23125001'), ('030 23125006')");
            Map<String, Object> emergency = Map.of(
                    "max_attempts", 1, "emergency", FLOOD, "do_not_call_lists", "aged", "calling_rules", "never");
            long flood = callout.campaign("flood", emergency);
            long extensions =
                    callout.campaign("extensions", Map.of("max_attempts", 1, "emergency", FLOOD, "country", "none"));
            callout.campaign("streets", Map.of("max_attempts", 1, "emergency", FLOOD, "destination_list", "streets"));
            long ordinary = callout.campaign("ordinary", Map.of("max_attempts", 1, "emergency", "  "));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + flood + ", '030 23125001'), ("
                    + flood + ", '+49 30 23125002'), (" + flood + ", '030 23125003'), (" + flood + ", '112'), ("
                    + flood + ", '+49112'), (" + flood + ", '030 23125004'), (" + flood + ", '+493023125004'), ("
                    + extensions + ", '4711'), (" + ordinary + ", '030 23125001'), (" + ordinary
                    + ", '030 23125003'), (" + ordinary + ", '030 23125005')");
            callout.start();

            callout.awaitAllFinished(PATIENCE);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM streets WHERE calls = 1 AND in_use = 0") == 2);
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder(
                            "03023125001",
                            "+493023125002",
                            "03023125003",
                            "03023125004",
                            "+493023125004",
                            "4711",
                            "00493023125001",
                            "03023125006",
                            "03023125005");
            assertThat(callout.column(
                            "SELECT cld FROM campaign_phones WHERE hangup_cause = 'DO_NOT_CALL' ORDER BY cld"))
                    .as("numbers of the ordinary campaign")
                    .containsExactly("030 23125001", "030 23125003");
            assertThat(callout.column("SELECT CONCAT_WS(' ', cld, status) FROM campaign_phones WHERE cld LIKE '%112'"))
                    .containsExactlyInAnyOrder("112 failure", "+49112 failure");
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts AS a JOIN call_attempts AS b"
                            + " ON a.call_uuid < b.call_uuid AND RIGHT(a.number, 8) = RIGHT(b.number, 8)"
                            + " AND a.setup_time < b.disconnect_time AND b.setup_time < a.disconnect_time"))
                    .as("pairs of calls to one telephone at once")
                    .isZero();
        }
    }

    @Test
    void aCampaignThatBecomesOneBySqlCallsWhoIsListedAndTheAuditTells() throws Exception {
        try (Installation callout = germany().start()) {
            callout.execute("INSERT INTO do_not_call (number, e164) VALUES ('030 23125001', '+493023125001')");
            long flood = callout.campaign("flood", Map.of("max_attempts", 1, "paused", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + flood + ", '030 23125001')");
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM audited_campaigns WHERE state LIKE '%flood%'") == 1);

            callout.execute("UPDATE campaigns SET emergency = '" + FLOOD + "', paused = 0");

            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls("03023125001")).hasSize(1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT who FROM audit WHERE changes LIKE '%\"after\":\"" + FLOOD + "\"%'"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("SQL"));
        }
    }
}

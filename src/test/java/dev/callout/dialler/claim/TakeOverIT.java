package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.operate.Operator;
import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.CommitCutter;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a lost node left in the tables, and what the next one makes of it. */
class TakeOverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LEFT =
            "SELECT DISTINCT CONCAT_WS(' ', status, call_count, hangup_cause, call_uuid) FROM campaign_phones";

    @Test
    void anEndThatWasRecordedButNotWrittenToTheNumberIsWrittenAndNobodyIsCalled() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            sent(callout, "sim", 3600);
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, connect_time,"
                            + " disconnect_time, status, hangup_cause) SELECT call_uuid, i_campaign, i_campaign_phone, cld, 1,"
                            + " UTC_TIMESTAMP(3) - INTERVAL 9 SECOND, UTC_TIMESTAMP(3) - INTERVAL 1 SECOND, 'success',"
                            + " 'NORMAL_CLEARING'"
                            + " FROM campaign_phones");
            callout.start();
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column("SELECT CONCAT_WS(' ', status, call_count, hangup_cause, call_uuid) FROM"
                            + " campaign_phones"))
                    .containsExactly("success 1 NORMAL_CLEARING");
            assertThat(callout.column("SELECT status FROM call_attempts")).containsExactly("success");
            assertThat(callout.ledger().size()).isZero();
        }
    }

    @Test
    void aCallOnASwitchThatIsNotConfiguredIsChargedOnceItMustBeOver() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            sent(callout, "gone", 600);
            callout.start();
            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() ->
                            callout.ledger().size() == 0 && callout.number("SELECT COUNT(*) FROM call_attempts") == 0);
            callout.advance(Duration.ofSeconds(600));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', status, call_count, hangup_cause, finished, call_uuid) FROM campaign_phones"))
                    .containsExactly("failure 1 LOST_RESULT 0"));
            assertThat(callout.column("SELECT CONCAT_WS(' ', attempt, hangup_cause) FROM call_attempts"))
                    .containsExactly("1 LOST_RESULT");
            assertThat(callout.ledger().size()).isZero();
        }
    }

    @Test
    void moreCallsThanTheirQueueHoldsAreAllLookedUp() throws Exception {
        try (Installation callout = Installation.builder()
                .property("camel.component.seda.queue-size", "2")
                .build()) {
            sent(callout, 50, "sim", 3600);
            callout.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.column(LEFT)).containsExactly("failure 1 LOST_RESULT"));
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(50);
        }
    }

    @Test
    void aTakeOverThatIsCutAtItsCommitLosesNoCall() throws Exception {
        CommitCutter cutter = new CommitCutter("campaign_phones/change-owner", 1);
        try (Installation callout =
                Installation.builder().dataSource(cutter::around).build()) {
            sent(callout, "sim", 3600);
            callout.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.column(LEFT)).containsExactly("failure 1 LOST_RESULT"));
            assertThat(cutter.left()).isZero();
        }
    }

    @Test
    void aLockedListKeepsNoOthersCallsFromBeingTakenOver() throws Exception {
        try (Installation callout = Installation.builder()
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                        .build();
                Connection other = DriverManager.getConnection(callout.url(), "root", "");
                Statement lock = other.createStatement()) {
            callout.campaign("of a list", Map.of("destination_list", "my_list"));
            callout.start();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(*) FROM my_list") == 0);
            callout.execute("INSERT INTO my_list (number) VALUES ('100')");
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM my_list WHERE lastresult = 'success' AND in_use = 0")
                                    == 1);
            lock.execute("LOCK TABLES my_list WRITE");
            sent(callout, "sim", 3600);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.column(LEFT)).containsExactly("failure 1 LOST_RESULT"));
        }
    }

    @Test
    void aNodeThatLosesItsLeaseFollowsItsOwnCallsOnUnderItsNewName() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_LEASE_SEC", "9")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(100))))
                .start()) {
            callout.numbers(callout.campaign("up", Map.of("max_concurrent_calls", 5, "backoff_sec", 1)), "49", 5);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status = 'answer'") == 5);
            String owner =
                    callout.column("SELECT DISTINCT owner FROM campaign_phones").get(0);
            callout.execute("DELETE FROM nodes");
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE owner <> '" + owner + "'") == 5);
            Operator.awaitTakenOver(callout, 5);
            Operator.hangUpAll(callout);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.column(
                            "SELECT DISTINCT CONCAT_WS(' ', status, call_count, hangup_cause) FROM campaign_phones"))
                    .containsExactly("success 1 NORMAL_CLEARING");
            assertThat(callout.ledger().size()).isEqualTo(5);
        }
    }

    @Test
    void anOriginateOfAnEarlierLifeThatTheSwitchRefusesLateIsCharged() throws Exception {
        try (ScriptedSwitch fs = new ScriptedSwitch();
                Installation callout = Installation.builder()
                        .with("CALLOUT_LEASE_SEC", "9")
                        .with("CALLOUT_SWITCH_SIM_PORT", Integer.toString(fs.port()))
                        .with("CALLOUT_SWITCH_SIM_PASSWORD", ScriptedSwitch.PASSWORD)
                        .start()) {
            callout.numbers(callout.campaign("slow", Map.of("max_attempts", 1)), "49", 1);
            await().atMost(PATIENCE).until(() -> originate(fs).isPresent());
            String owner = callout.column("SELECT owner FROM campaign_phones").get(0);
            callout.execute("DELETE FROM nodes");
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE owner <> '" + owner + "'") == 1);
            fs.send(ScriptedSwitch.event("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\""
                    + originate(fs).get().replaceFirst("(?s).*\\nJob-UUID: ", "")
                    + "\",\"_body\":\"-ERR DESTINATION_OUT_OF_ORDER\\n\"}"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.column(LEFT))
                    .containsExactly("failure 1 DESTINATION_OUT_OF_ORDER"));
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(1);
        }
    }

    private static Optional<String> originate(ScriptedSwitch fs) {
        return fs.told().stream()
                .filter(command -> command.startsWith("bgapi originate "))
                .findFirst();
    }

    private static void sent(Installation callout, String switchName, int expiresInSec) throws SQLException {
        sent(callout, 1, switchName, expiresInSec);
    }

    /** Numbers with a sent mark of a node that is no more. */
    private static void sent(Installation callout, int numbers, String switchName, int expiresInSec)
            throws SQLException {
        long campaign = callout.campaign("left behind", Map.of("backoff_sec", 600));
        // In one statement, for the dialler may run.
        callout.execute(
                "INSERT INTO campaign_phones (i_campaign, cld, status, call_count, call_uuid, owner, setup_time,"
                        + " expires, call_switch)"
                        + " SELECT " + campaign + ", CONCAT('49', LPAD(seq, 4, '0')), 'trying', 1, UUID(), 'lost',"
                        + " NOW(3) - INTERVAL 10 SECOND, NOW(3) + INTERVAL " + expiresInSec + " SECOND, '" + switchName
                        + "'"
                        + " FROM seq_0_to_" + (numbers - 1));
    }
}

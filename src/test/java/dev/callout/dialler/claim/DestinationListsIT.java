package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import dev.callout.testbed.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Campaigns that dial from lists in mod_dialer's layout, with the switch's ledger as witness. */
class DestinationListsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** As mod_dialer made it. */
    private static final String OLD_TABLE = "CREATE TABLE callout_list (number VARCHAR(30) NOT NULL, lastcall DATETIME,"
            + " lastresult VARCHAR(30), calls INT, in_use TINYINT, duration INT, callerid VARCHAR(25), PRIMARY KEY (number),"
            + " KEY lastcall (lastcall)) ENGINE=MyISAM";

    private static final String UNFINISHED = "SELECT number FROM callout_list"
            + " WHERE NOT COALESCE(calls > 0 AND (calls >= 2 OR lastresult = 'success') AND in_use = 0, FALSE)";

    /** Callees whose number ends in 7 are busy. */
    private static Installation.Builder callout() {
        return Installation.builder()
                .with("CALLOUT_ALTER_TABLES", "true")
                .simulated(sim -> sim.callees(call -> call.number().endsWith("7")
                        ? CalleePlan.refuses(486, Duration.ofMillis(20))
                        : CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    private static Map<String, Long> callsByNumber(Installation callout) {
        return callout.ledger().calls().stream()
                .collect(Collectors.groupingBy(LedgerCall::number, Collectors.counting()));
    }

    @Test
    void aTableAsModDialerLeftItIsDialledToTheEndWhileOldScriptsGoOn() throws Exception {
        try (Installation callout = callout().build()) {
            callout.execute(OLD_TABLE);
            callout.execute("INSERT INTO callout_list"
                    + " SELECT 1000 + seq, NULL, NULL, NULL, NULL, NULL, NULL FROM seq_10_to_29");
            callout.execute("INSERT INTO callout_list VALUES ('2000', NULL, NULL, 0, 1, NULL, NULL),"
                    + " ('2001', '2020-01-01 10:00:00', NULL, 1, 1, NULL, NULL),"
                    + " ('2002', '2020-01-01 10:00:00', NULL, 1, 0, 9, '4711'), ('2003', NOW(), NULL, 2, 0, NULL, NULL),"
                    + " ('2004', '2020-01-01 10:00:00', 'success', 1, 0, NULL, NULL)");
            long campaign = callout.campaign(
                    "old", Map.of("destination_list", "callout_list", "max_attempts", 2, "backoff_sec", 1));
            callout.start();
            await().atMost(SOON).until(() -> !callout.ledger().calls().isEmpty());
            callout.execute("INSERT INTO callout_list VALUES ('3000', NULL, NULL, NULL, NULL, NULL, NULL),"
                    + " ('3007', NULL, NULL, 0, 0, 0, '')");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(callout.column(UNFINISHED)).isEmpty());

            Map<String, Long> calls = callsByNumber(callout);
            assertThat(calls).doesNotContainKeys("2003", "2004").hasSize(20 + 3 + 2);
            calls.forEach((number, count) -> assertThat(count).as(number).isEqualTo(number.endsWith("7") ? 2 : 1));
            assertThat(callout.ledger().overlaps()).isEmpty();
            assertThat(callout.ledger().calls("2002").get(0).variable("origination_caller_id_number"))
                    .isEqualTo("4711");
            assertThat(callout.ledger().calls("2002").get(0).line()).contains("+9\\s");
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', lastresult, calls) FROM callout_list"
                            + " WHERE number LIKE '%7'"))
                    .containsExactly("USER_BUSY 2");
            assertThat(callout.number("SELECT COUNT(*) FROM callout_list WHERE lastcall > NOW() - INTERVAL 1 HOUR"))
                    .isEqualTo(26);
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign))
                    .isEqualTo(callout.ledger().calls().size());

            callout.execute("UPDATE callout_list SET calls = 0, in_use = 0");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(callout.column(UNFINISHED)).isEmpty());
            assertThat(callsByNumber(callout)).hasSize(27);
            assertThat(callout.ledger().calls("1010")).hasSize(2);
            assertThat(callout.ledger().calls("1017")).hasSize(4);
        }
    }

    @Test
    void aListThatWasNotThereIsToldOnceToHaveBeenMadeAndToBeEmpty() throws Exception {
        try (Installation callout = callout().build();
                LogCapture log = new LogCapture()) {
            callout.execute(OLD_TABLE);
            callout.campaign("old", Map.of("destination_list", "callout_list"));
            callout.campaign("mistyped", Map.of("destination_list", "calout_list"));
            callout.start();
            await().atMost(SOON).ignoreExceptions().until(() -> callout.control().all().stream()
                    .allMatch(status -> status.whyIdle().equals("no number is due")));

            assertThat(log.messages())
                    .filteredOn(message -> message.contains("did not exist"))
                    .containsExactly(
                            "Table calout_list did not exist. It was created, empty, for the campaigns that name"
                                    + " it as destination_list");
        }
    }

    @Test
    void aCampaignThatNeverEndsCallsFinishedNumbersAgainAndOneThatSharesItsListDoesNot() throws Exception {
        try (Installation callout = callout().build()) {
            callout.execute(OLD_TABLE);
            callout.execute("INSERT INTO callout_list SELECT seq, NULL, NULL, 0, 0, NULL, NULL FROM seq_201_to_210");
            Map<String, Object> shared =
                    Map.of("destination_list", "callout_list", "max_attempts", 2, "backoff_sec", 600);
            long endless = callout.campaign("endless", shared);
            callout.campaign("once", shared);
            callout.execute("UPDATE campaigns SET finish_on = IF(i_campaign = " + endless + ", 0, -1),"
                    + " paused = name = 'endless'");
            callout.start();
            awaitCalls(callout, 10);
            callout.advance(Duration.ofSeconds(601));
            awaitCalls(callout, 11);
            await().atMost(SOON)
                    .until(() ->
                            callout.number("SELECT run_ended IS NOT NULL FROM campaigns WHERE name = 'once'") == 1);

            callout.execute(
                    "UPDATE campaigns SET paused = 0, run_ended = NULL, finish_on = IF(name = 'once', NULL, finish_on)");
            awaitCalls(callout, 20);
            assertThat(callout.ledger().calls("207"))
                    .as("was called last a moment ago")
                    .hasSize(2);
            callout.advance(Duration.ofSeconds(601));
            awaitCalls(callout, 30);
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, lastresult, calls, in_use) FROM callout_list"
                            + " WHERE number > 205"))
                    .containsExactly(
                            "206 success 1 0",
                            "207 USER_BUSY 1 0",
                            "208 success 1 0",
                            "209 success 1 0",
                            "210 success 1 0");
            CampaignControl control = callout.control();
            assertThat(control.status(control.idOf("endless")).numbers())
                    .isEqualTo(Map.of("not due", 10L, "in progress", 0L, "finished", 0L));
            assertThat(control.status(control.idOf("once")).numbers())
                    .isEqualTo(Map.of("not due", 1L, "in progress", 0L, "finished", 9L));
            callout.execute("UPDATE callout_list SET calls = 0, in_use = 0 WHERE number = '203'");
            awaitCalls(callout, 31);

            assertThat(callout.column("SELECT COUNT(*) FROM call_attempts WHERE number <> '203' AND number <> '207'"
                            + " GROUP BY i_campaign ORDER BY i_campaign"))
                    .as("by the one that never ends, by the other")
                    .containsExactly("16", "8");
            assertThat(callout.ledger().overlaps()).isEmpty();
            assertThat(callout.number("SELECT run_ended IS NULL AND NOT paused FROM campaigns WHERE name = 'endless'"))
                    .isEqualTo(1);
        }
    }

    private static void awaitCalls(Installation callout, int ended) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(callout.ledger().calls()).hasSize(ended);
            assertThat(callout.number("SELECT COUNT(*) FROM callout_list WHERE callout_uuid IS NOT NULL"))
                    .isZero();
        });
    }

    @Test
    void aMissingTableIsMadeAndNumbersInsertedLaterAreDialled() throws Exception {
        try (Installation callout =
                callout().with("CALLOUT_ALTER_TABLES", "false").start()) {
            callout.campaign(
                    "new", Map.of("destination_list", "callout_list", "calling_strategy", "random", "max_attempts", 1));
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> callout.execute(
                            "INSERT INTO callout_list SELECT seq, NULL, NULL, 0, 0, NULL, NULL FROM seq_200_to_239"));
            await().atMost(SOON)
                    .until(() -> callout.ledger().calls().stream()
                                    .filter(LedgerCall::ended)
                                    .count()
                            == 40);
            assertThat(callsByNumber(callout)).hasSize(40);
        }
    }

    @Test
    void withoutLeaveToAlterTheCampaignIsIdleAndItsReasonNamesTheStatements() throws Exception {
        try (Installation callout =
                callout().with("CALLOUT_ALTER_TABLES", "false").build()) {
            callout.execute(OLD_TABLE);
            callout.execute("INSERT INTO callout_list VALUES ('1', NULL, NULL, NULL, NULL, NULL, NULL)");
            long old = callout.campaign(
                    "old",
                    Map.of("destination_list", "callout_list", "finish_on", -1, "run_started", "2026-01-01 00:00:00"));
            long forged = callout.campaign("forged", Map.of("destination_list", "campaign_phones"));
            long other = callout.campaign("other", Map.of());
            callout.numbers(other, "200", 3);
            callout.start();
            callout.awaitAllFinished(SOON);

            Campaigns campaigns =
                    callout.camelContext().getRegistry().lookupByNameAndType("campaigns", Campaigns.class);
            Function<Long, String> problem =
                    id -> String.join("; ", campaigns.byId(id).problems());
            assertThat(problem.apply(old))
                    .contains(
                            "destination_list",
                            "callout.alter-tables=true",
                            "ALTER TABLE `callout_list` ENGINE=InnoDB; ALTER TABLE `callout_list` ADD COLUMN");
            assertThat(problem.apply(forged)).contains("destination_list", "none of Callout's own");
            assertThat(callout.column("SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_NAME = 'callout_list'"
                            + " AND TABLE_SCHEMA = DATABASE()"))
                    .containsExactly("MyISAM");
            assertThat(callout.ledger().calls()).hasSize(3);
            assertThat(callout.number("SELECT run_ended IS NULL FROM campaigns WHERE i_campaign = " + old))
                    .as("its run goes on")
                    .isEqualTo(1);

            for (String statement :
                    problem.apply(old).replaceFirst(".*? or run ", "").split("; ")) {
                callout.execute(statement);
            }
            await().atMost(SOON).until(() -> callout.ledger().calls("1").size() == 1);
        }
    }

    @Test
    void campaignsThatShareAListDialEachNumberOnce() throws Exception {
        try (Installation callout =
                callout().with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "0.3").build()) {
            callout.execute(OLD_TABLE);
            callout.execute(
                    "INSERT INTO callout_list SELECT 10 * seq, NULL, NULL, 0, 0, NULL, NULL FROM seq_100_to_399");
            Map<String, Object> settings = Map.of("destination_list", "callout_list", "max_concurrent_calls", 30);
            long one = callout.campaign("one", settings);
            long two = callout.campaign("two", settings);
            callout.start();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(callout.column(UNFINISHED)).isEmpty());

            assertThat(callsByNumber(callout)).hasSize(300).values().containsOnly(1L);
            assertThat(callout.column("SELECT DISTINCT i_campaign FROM call_attempts ORDER BY 1"))
                    .containsExactly(String.valueOf(one), String.valueOf(two));
        }
    }

    @Test
    void callsOfAListThatAreUpAtAStopAreFollowedToTheirEndAfterTheNextStart() throws Exception {
        try (Installation callout = callout()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .build()) {
            callout.execute(OLD_TABLE);
            callout.execute("INSERT INTO callout_list SELECT seq, NULL, NULL, 0, 0, NULL, NULL FROM seq_200_to_219");
            callout.campaign("long", Map.of("destination_list", "callout_list", "max_concurrent_calls", 5));
            callout.start();
            await().atMost(SOON)
                    .until(() -> callout.ledger().callsUp() == 5
                            && callout.number("SELECT COUNT(*) FROM callout_list WHERE callout_connect IS NOT NULL")
                                    == 5);
            callout.stop();
            List<String> up =
                    callout.ledger().calls().stream().map(LedgerCall::number).toList();
            callout.execute("UPDATE campaigns SET destination_list = NULL");
            callout.start();
            Operator.awaitFollowed(callout, 5);
            Operator.hangUpAll(callout);

            await().atMost(SOON).untilAsserted(() -> assertThat(callout.column(
                            "SELECT number FROM callout_list WHERE lastresult = 'success' AND in_use = 0"))
                    .containsExactlyInAnyOrderElementsOf(up));
            assertThat(callout.ledger().calls()).hasSize(5);
            assertThat(callout.column("SELECT number FROM callout_list WHERE in_use <> 0"))
                    .isEmpty();
        }
    }

    @Test
    void callsOfAListWhoseOwnerIsLostAreTakenOverAndNobodyIsCalledTwice() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_ALTER_TABLES", "true")
                .with("CALLOUT_LEASE_SEC", "3")
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20))))
                .build()) {
            callout.execute(OLD_TABLE);
            callout.execute("INSERT INTO callout_list SELECT seq, NULL, NULL, 0, 0, NULL, NULL FROM seq_200_to_209");
            callout.campaign("lost", Map.of("destination_list", "callout_list", "max_concurrent_calls", 5));
            callout.start();
            await().atMost(SOON)
                    .until(() -> callout.ledger().callsUp() == 5
                            && callout.number("SELECT COUNT(*) FROM callout_list WHERE callout_connect IS NOT NULL")
                                    == 5);
            String owner = callout.column("SELECT callout_owner FROM callout_list WHERE callout_owner IS NOT NULL")
                    .get(0);
            callout.execute("DELETE FROM nodes");
            await().atMost(SOON)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM callout_list WHERE callout_owner <> '" + owner + "'")
                                    == 5);
            callout.simulated().callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50)));
            Operator.hangUpAll(callout);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(callout.column(UNFINISHED)).isEmpty());
            assertThat(callsByNumber(callout)).hasSize(10).values().containsOnly(1L);
            assertThat(callout.number("SELECT COUNT(*) FROM callout_list WHERE lastresult = 'success' AND calls = 1"
                            + " AND in_use = 0"))
                    .isEqualTo(10);
        }
    }
}

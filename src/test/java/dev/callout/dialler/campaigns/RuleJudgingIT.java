package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A number that calling rules keep closed is dialled once they allow it, and none before. The switch is the witness. */
class RuleJudgingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void numbersAreDialledOnceTheRulesAreChangedTheNumberIsChangedOrTheRulesBindNoMore() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            callout.execute("INSERT INTO calling_rules (name, consent_required) VALUES ('agreed', 1)");
            long campaign =
                    callout.campaign("one", Map.of("country", "DE", "calling_rules", "agreed", "max_attempts", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign
                    + ", CONCAT('030 2312500', seq) FROM seq_1_to_3");
            callout.start();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE callout_closed > '9999-01-01'"))
                    .isEqualTo(3));
            callout.execute("UPDATE campaign_phones SET consent = 'in the shop' WHERE cld = '030 23125001'");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dialled(callout)).isEqualTo(1));
            assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE callout_closed IS NOT NULL"))
                    .isEqualTo(2);

            callout.execute("UPDATE calling_rules SET consent_required = 0");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dialled(callout)).isEqualTo(3));

            callout.execute("UPDATE calling_rules SET consent_required = 1");
            await().atMost(PATIENCE).untilAsserted(() -> {
                callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign
                        + ", '030 23125004' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM campaign_phones WHERE cld ="
                        + " '030 23125004')");
                assertThat(callout.number("SELECT COUNT(*) FROM campaign_phones WHERE callout_closed IS NOT NULL"))
                        .isEqualTo(1);
            });
            callout.execute("UPDATE campaigns SET calling_rules = NULL");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dialled(callout)).isEqualTo(4));
        }
    }

    @Test
    void whatAnotherCampaignOfTheListHasClosedIsOpenForOneThatNoRulesBind() throws Exception {
        try (Installation callout =
                Installation.builder().with("CALLOUT_ALTER_TABLES", "true").build()) {
            callout.execute("CREATE TABLE streets (number VARCHAR(32), lastcall DATETIME, lastresult VARCHAR(64),"
                    + " calls INT, in_use INT, duration INT, callerid VARCHAR(32)) ENGINE=InnoDB");
            callout.execute("INSERT INTO streets (number) VALUES ('030 23125001'), ('030 23125002')");
            callout.execute("INSERT INTO calling_rules (name, consent_required) VALUES ('agreed', 1)");
            callout.campaign(
                    "bound", Map.of("country", "DE", "calling_rules", "agreed", "destination_list", "streets"));
            callout.campaign("free", Map.of("paused", 1, "destination_list", "streets"));
            callout.execute("UPDATE campaigns SET closed_by_version = '-' WHERE name = 'free'");
            callout.start();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(*) FROM streets WHERE callout_state = 7") == 2);
            assertThat(dialled(callout)).isZero();

            callout.execute("UPDATE campaigns SET paused = NOT paused");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dialled(callout)).isEqualTo(2));
        }
    }

    @Test
    void whatOneCampaignOfAListMustNotCallIsDialledByTheOtherThatMay() throws Exception {
        try (Installation callout =
                Installation.builder().with("CALLOUT_ALTER_TABLES", "true").build()) {
            callout.execute("CREATE TABLE streets (number VARCHAR(32), lastcall DATETIME, lastresult VARCHAR(64),"
                    + " calls INT, in_use INT, duration INT, callerid VARCHAR(32)) ENGINE=InnoDB");
            callout.execute("INSERT INTO streets (number) SELECT CONCAT('030 231250', seq + 10) FROM seq_1_to_20");
            callout.execute("INSERT INTO calling_rules (name, applies_to, consent_required) VALUES ('agreed', '', 1),"
                    + " ('here', '+49', 0), ('abroad', '+33', 0)");
            callout.campaign(
                    "bound", Map.of("country", "DE", "calling_rules", "agreed", "destination_list", "streets"));
            long other = callout.campaign(
                    "here", Map.of("country", "DE", "calling_rules", "abroad", "destination_list", "streets"));
            callout.start();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> callout.number("SELECT COUNT(*) FROM streets WHERE callout_state = 7") == 20);

            callout.execute("UPDATE campaigns SET calling_rules = 'here' WHERE i_campaign = " + other);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dialled(callout)).isEqualTo(20));
            assertThat(callout.number("SELECT COUNT(*) FROM streets WHERE callout_campaign <> " + other))
                    .isZero();
        }
    }

    @Test
    void whatANodeWithOtherDataHasJudgedIsLeftAloneWhileThatNodeLives() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            callout.execute("INSERT INTO calling_rules (name, consent_required) VALUES ('agreed', 1)");
            long campaign = callout.campaign("one", Map.of("country", "DE", "calling_rules", "agreed"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '030 23125001')");
            callout.start();
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaigns WHERE closed_by_version"
                                    + " = (SELECT MAX(rule_version) FROM campaign_phones)")
                            == 1);
            judgedByAnother(callout);
            await("the first pass").atMost(PATIENCE).until(() -> judgedByOthers(callout) == 0);

            callout.execute("INSERT INTO nodes (incarnation, name, expires, version, capabilities, judges_by)"
                    + " SELECT 'other-1', 'other', expires + INTERVAL 1 HOUR, version, capabilities, 'time zones 2024a'"
                    + " FROM nodes LIMIT 1");
            judgedByAnother(callout);
            await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(() -> judgedByOthers(callout) == 1);

            callout.execute("DELETE FROM nodes WHERE name = 'other'");
            await().atMost(PATIENCE).until(() -> judgedByOthers(callout) == 0);
        }
    }

    private static void judgedByAnother(Installation callout) throws Exception {
        callout.execute("UPDATE campaign_phones SET rule_version = 'other'");
        callout.execute("UPDATE campaigns SET closed_by_version = 'other'");
    }

    private static long judgedByOthers(Installation callout) throws Exception {
        return callout.number("SELECT COUNT(*) FROM campaign_phones WHERE rule_version = 'other'");
    }

    private static int dialled(Installation callout) {
        return callout.ledger().size();
    }
}

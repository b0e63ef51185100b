package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.check.Finding.Result;
import org.junit.jupiter.api.Test;

class CampaignInspectionIT extends InspectedInstallation {

    @Test
    void gatewayThatIsDownOrUnknownFailsIfItIsUsed() throws Exception {
        campaign("down", 0, "profile_gateway = 'bad'");
        campaign("unknown", 0, "profile_gateway = 'external/none'");
        campaign("sleeping", 1, "profile_gateway = 'external/gone'");
        assertThat(wrong())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("FAIL  gateway bad on fs1: DOWN"),
                        line -> assertThat(line)
                                .startsWith("WARN  gateway external/gone on fs1: the switch has no such gateway;"
                                        + " only paused"),
                        line -> assertThat(line)
                                .startsWith("FAIL  gateway external/none on fs1: the switch has no such gateway"));
    }

    @Test
    void campaignsThatCannotBeDialledAreToldWithTheirProblem() throws Exception {
        campaign("lost", 0, "profile_gateway = NULL");
        campaign("hostile", 1, "profile_gateway = 'a b'");
        assertThat(wrong())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("FAIL  campaign lost: no way out: set the campaign's profile_gateway"),
                        line -> assertThat(line).startsWith("WARN  campaign hostile: profile_gateway is 'a b'"));
        environment.put("CALLOUT_CAMPAIGN_SIPPROXY", "sip.example");
        environment.put("CALLOUT_SIP_PROFILE", "internal");
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line).startsWith("FAIL  profile internal on fs1: does not run"));
    }

    @Test
    void campaignsWhoseCalleesSeeTheirOwnNumberAreToldAlsoBeforeTheyAreStarted() throws Exception {
        environment.remove("CALLOUT_CALLER_ID");
        campaign("known", 0, "profile_gateway = 'good', cli = '+4930111'");
        campaign("later", 1, "profile_gateway = 'good'");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN  caller IDs: unless the numbers have one, the callees of these campaigns see their own"
                                + " number: good, later ->");
    }

    @Test
    void rowsOfTheTimetableThatCannotBeAreToldWithTheirColumn() throws Exception {
        campaign("planned", 0, "profile_gateway = 'good'");
        execute("INSERT INTO timetables (name, cron, timezone, action) VALUES ('unix', '0 18 * * *', 'UTC', 'stop'),"
                + " ('good', '0 0 18 * * ?', 'UTC', 'stop')");
        try {
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("FAIL  timetable unix: table timetables, row ")
                    .contains("column cron: '0 18 * * *' is not a Quartz cron expression");
        } finally {
            execute("DELETE FROM timetables");
        }
    }

    @Test
    void listThatCannotBeDialledFromIsItsCampaignsProblem() throws Exception {
        execute("CREATE OR REPLACE VIEW list_view AS SELECT '1' AS number");
        execute("CREATE TABLE IF NOT EXISTS old_list (number VARCHAR(30) PRIMARY KEY) ENGINE=MyISAM");
        campaign("by view", 0, "profile_gateway = 'good', destination_list = 'list_view'");
        campaign("by old list", 0, "profile_gateway = 'good', destination_list = 'old_list'");
        campaign("by our own", 0, "profile_gateway = 'good', destination_list = 'nodes'");
        campaign("by new list", 0, "profile_gateway = 'good', destination_list = 'new_list'");
        assertThat(wrong())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("FAIL  campaign by view: table list_view is no list of numbers: it is"),
                        line -> assertThat(line)
                                .startsWith("FAIL  campaign by old list: table old_list lacks what is needed")
                                .contains("ALTER TABLE `old_list` ENGINE=InnoDB"),
                        line -> assertThat(line).startsWith("FAIL  campaign by our own: a list's name"));
    }

    @Test
    void campaignsThatMayCallAtAnyHourAreNamedUnlessTheyArePaused() throws Exception {
        campaign("early", 0, "profile_gateway = 'good'");
        campaign("late", 0, "profile_gateway = 'good'");
        campaign("sleeping", 1, "profile_gateway = 'good'");
        execute("UPDATE campaigns SET i_schedule = NULL WHERE name <> 'good'");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("WARN  calling hours: ")
                .contains("may call at any hour: early, late ->");
    }

    @Test
    void eachGatewayOfAGroupIsLookedAtUnlessItIsNotEnabled() throws Exception {
        campaign("grouped", 0, "gateway_group = 'three'");
        execute("INSERT IGNORE INTO gateway_groups (name, gateways) VALUES ('three', 'external/bad external/off')");
        execute("INSERT IGNORE INTO gateways (name, enabled) VALUES ('external/off', 0)");
        assertThat(findings())
                .filteredOn(one -> one.result() == Result.FAIL)
                .extracting(Finding::subject)
                .containsExactly("gateway external/bad on fs1");
    }

    @Test
    void aPauseByCalloutAndALimitThatCountsNothingAreTold() throws Exception {
        execute("INSERT INTO gateways (name, cost_per_minute) VALUES ('external/good', 0.1)");
        campaign("priced", 1, "profile_gateway = 'external/good', max_cost = 5");
        campaign("free", 1, "profile_gateway = 'external/other', max_cost = 5");
        campaign("guarded", 1, "profile_gateway = 'external/good', pause_reason = 'paused by the guard: 50 of …'");
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  campaign free: max_cost is set")
                        .contains("count as free: external/other"))
                .anySatisfy(line -> assertThat(line).startsWith("WARN  campaign guarded: paused by the guard: 50 of …"))
                .noneSatisfy(line -> assertThat(line).contains("campaign priced"));
    }

    @Test
    void rowsOfGatewaysThatDoNotWorkAsMeantAreTold() throws Exception {
        execute("INSERT INTO gateways (name, switches, prefixes, attest, weight) VALUES"
                + " ('external/good', 'fs1,fs9', '+49 +4930 AT', 'A', NULL), ('external/odd', NULL, NULL, NULL, -1),"
                + " ('external/gone', NULL, NULL, NULL, NULL)");
        execute("INSERT INTO gateway_groups (name, gateways) VALUES ('empty', ' , ')");
        execute("INSERT INTO caller_id_pools (i_caller_id_pool, name) VALUES (1, 'none'), (2, 'twice')");
        execute("INSERT INTO caller_ids (i_caller_id_pool, number) VALUES (2, '100'), (2, '100')");
        campaign("pooled", 1, "profile_gateway = 'external/good', caller_id_pool = 'twice'");
        assertThat(wrong())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARN  gateway external/good: column switches names")
                                .contains("have: fs9 ->"),
                        line -> assertThat(line)
                                .startsWith("WARN  gateway external/good: column prefixes")
                                .contains("covers +4930,"),
                        line -> assertThat(line)
                                .startsWith("WARN  gateway external/odd:")
                                .contains("column weight"),
                        line -> assertThat(line).startsWith("WARN  group of gateways empty: it has no gateways"),
                        line -> assertThat(line).startsWith("WARN  group of gateways empty: no campaign names it"),
                        line -> assertThat(line).startsWith("WARN  pool of caller IDs none: it is empty"),
                        line -> assertThat(line)
                                .startsWith("WARN  pool of caller IDs none: no campaign and no gateway"),
                        line -> assertThat(line)
                                .startsWith("WARN  pool of caller IDs twice")
                                .contains("several rows: 100"),
                        line -> assertThat(line)
                                .startsWith(
                                        "WARN  gateway external/gone on fs1: the switch has no such gateway; no campaign uses it"),
                        line -> assertThat(line)
                                .startsWith("WARN  STIR/SHAKEN on fs1: the switch signs no calls")
                                .contains("set for external/good"));
    }

    @Test
    void campaignsWhoseCalleesSeeTheirOwnNumberAreNamed() throws Exception {
        environment.remove("CALLOUT_CALLER_ID");
        campaign("pooled", 0, "profile_gateway = 'external/good', caller_id_pool = 'sales'");
        campaign("lost", 0, "gateway_group = 'nowhere'");
        execute("INSERT IGNORE INTO caller_id_pools (i_caller_id_pool, name) VALUES (1, 'sales')");
        execute("INSERT IGNORE INTO caller_ids (i_caller_id, i_caller_id_pool, number) VALUES (1, 1, '100')");
        assertThat(findings())
                .filteredOn(one ->
                        one.subject().equals("caller IDs") || one.subject().equals("campaign lost"))
                .extracting(Finding::text)
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).endsWith("see their own number: good"),
                        text -> assertThat(text).contains("gateway_group names 'nowhere'"));
    }

    @Test
    void campaignThatCallsEverybodyAgainWithoutEndIsTold() throws Exception {
        campaign("endless", 1, "profile_gateway = 'good', finish_on = 0, backoff_sec = 90");
        campaign("ending", 0, "profile_gateway = 'good', finish_on = -1");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("WARN  campaign endless: finish_on is 0, so each number is called"
                        + " again after 90 s, without end, even after a success ->");
    }
}

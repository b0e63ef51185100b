package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callout.check.Finding.Result;
import dev.callout.settings.file.SettingsException;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.Relay;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InspectionIT extends InspectedInstallation {

    @Test
    void everyThingThatIsWellIsALine() throws Exception {
        assertThat(findings())
                .allMatch(finding ->
                        finding.result() == Result.OK || finding.toString().contains(SIMULATED))
                .extracting(Finding::subject)
                .containsExactly(
                        "settings",
                        "database",
                        "rights",
                        "tables",
                        "clock of the database",
                        "time zone",
                        "campaigns",
                        "statements",
                        "switch fs1",
                        "switch fs1",
                        "limits of switch fs1",
                        "clock of switch fs1",
                        "lines",
                        "gateway external/good on fs1");
        assertThat(findings())
                .extracting(Finding::toString)
                .contains("WARN  switch fs1:" + SIMULATED + "fs1.host and .port")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("OK    switch fs1: FreeSWITCH Version 1.10.12")
                        .endsWith("answers Callout's own protocol code, and esl-client"))
                .anySatisfy(line -> assertThat(line)
                        .contains("20 calls per second wanted, sessions-per-second is 30, which admits 29"));
    }

    @Test
    void databaseThatIsAwayDoesNotKeepTheSwitchesFromBeingLookedAt() throws Exception {
        String url = "jdbc:mariadb://127.0.0.1:" + freePort() + "/callout";
        environment.put("CALLOUT_DB_URL", url);
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("FAIL  database: " + url + " as root gives no connection (callout.db.url): ")
                .contains("Connection refused");
        assertThat(findings()).extracting(Finding::subject).contains("switch fs1");
    }

    @Test
    void tablesThatAreMissingOrUnfitAreTold() throws Exception {
        String empty = FreshDatabase.create();
        environment.put("CALLOUT_DB_URL", empty);
        assertThat(findings()).extracting(Finding::toString).anySatisfy(line -> assertThat(line)
                .startsWith("OK    tables: the next start creates or extends nodes, options"));
        try (Connection connection = DriverManager.getConnection(empty);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE campaigns (i_campaign BIGINT PRIMARY KEY) ENGINE=MyISAM");
        }
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("FAIL  tables: Table campaigns is stored by MyISAM")
                .contains("ALTER TABLE campaigns ENGINE=InnoDB");
    }

    @Test
    void entriesOfTheDoNotCallListThatCountForNobodyAreTold() throws Exception {
        execute("INSERT INTO do_not_call (number) VALUES ('+49 (30) 1'), ('Alice'), ('0170 or 0171'), ('0170,0171'),"
                + " ('?')");
        try {
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("WARN  do-not-call list: 2 of its entries")
                    .contains("'0170,0171'", "'?'");
        } finally {
            execute("DELETE FROM do_not_call");
        }
    }

    @Test
    void furtherListsThatProtectNobodyOrWillSoonBeTooOldAreNamed() throws Exception {
        execute("INSERT INTO do_not_call_lists (i_do_not_call_list, name, country, loaded_at, max_age_days) VALUES"
                + " (1, 'german', 'DE', UTC_TIMESTAMP() - INTERVAL 29 DAY, 31), (2, 'anywhere', NULL, NULL, NULL),"
                + " (3, 'unused', 'DE', UTC_TIMESTAMP() - INTERVAL 30 DAY, 31)");
        execute("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as) VALUES (1, '030 23125456'),"
                + " (1, 'alice'), (1, '030 23125456 x3'), (2, '030 23125457')");
        campaign("bound", 1, "profile_gateway = 'good'");
        execute("UPDATE campaigns SET do_not_call_lists = 'other, german' WHERE name = 'bound'");
        try {
            assertThat(wrong())
                    .filteredOn(line -> line.contains("do-not-call list"))
                    .filteredOn(line -> !line.contains("campaign"))
                    .satisfiesExactly(
                            entries -> assertThat(entries)
                                    .contains("do-not-call list german: 2 of its entries match no number")
                                    .contains("'030 23125456 x3'", "'alice'"),
                            country -> assertThat(country)
                                    .contains("do-not-call list anywhere: by which country its numbers are read"));
            assertThat(wrong())
                    .filteredOn(line -> line.contains("days old at most"))
                    .singleElement()
                    .asString()
                    .contains("do-not-call list german: it was loaded 29 days ago, and may be 31 days old at most");
        } finally {
            execute("DELETE FROM do_not_call_entries");
            execute("DELETE FROM do_not_call_lists");
            execute("DELETE FROM campaigns WHERE name = 'bound'");
        }
    }

    @Test
    void eachFormOfAnEntryIsHeededOrNamed() throws Exception {
        campaign("of people", 1, "profile_gateway = 'good'");
        execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT i_campaign, '+12025550260' FROM campaigns"
                + " WHERE name = 'of people'");
        execute("INSERT INTO do_not_call (number) VALUES ('+44 (0)20 7946 0160'), ('12025550160.0'), ('2025550260'),"
                + " ('00493023125060'), ('tel:+12025550360'), ('1-202-555-0560 x5'), ('+1 202 555 0460')");
        try {
            assertThat(wrong())
                    .satisfiesExactly(
                            useless -> assertThat(useless)
                                    .contains("4 of its entries match no number")
                                    .contains(
                                            "'+44 (0)20 7946 0160'",
                                            "'12025550160.0'",
                                            "'tel:+12025550360'",
                                            "'1-202-555-0560 x5'"),
                            national -> assertThat(national)
                                    .contains("2 of its entries begin without +", "'2025550260'", "'00493023125060'")
                                    .contains("set callout.country"));
        } finally {
            execute("DELETE FROM do_not_call");
            execute("DELETE FROM campaign_phones");
        }
    }

    @Test
    void aTableThatDoesNotTakeAStatusIsTriedAndLeftAsItIs() throws Exception {
        execute("ALTER TABLE campaign_phones MODIFY status ENUM('idle', 'trying', 'answer', 'success') NOT NULL"
                + " DEFAULT 'idle'");
        try {
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("FAIL  statements: table campaign_phones refuses a statement of the dialler: ")
                    .contains("status");
            assertThat(count("campaign_phones")).isZero();

            execute("CREATE TABLE seen (cld VARCHAR(64)) ENGINE=MyISAM");
            execute("CREATE TRIGGER seeing BEFORE INSERT ON campaign_phones FOR EACH ROW INSERT INTO seen VALUES"
                    + " (NEW.cld)");
            assertThat(wrong()).as("a table with triggers is not written to").isEmpty();
            assertThat(count("seen")).isZero();
        } finally {
            execute("DROP TRIGGER IF EXISTS seeing");
            execute("ALTER TABLE campaign_phones MODIFY status VARCHAR(32) NOT NULL DEFAULT 'idle'");
        }
    }

    @Test
    void aListMadeWhereAnEmptyStringIsNullIsToldWithTheStatementThatHelps() throws Exception {
        execute("SET STATEMENT sql_mode = 'EMPTY_STRING_IS_NULL' FOR CREATE TABLE misread (number INT, lastresult"
                + " VARCHAR(9), callout_state INT AS (IF(COALESCE(lastresult, NULL) <> NULL, 6, 0)) PERSISTENT)");
        execute("INSERT INTO misread (lastresult) VALUES ('some')");
        try {
            String told = wrong().get(0);
            assertThat(told).startsWith("WARN  list misread: ").contains("run ALTER TABLE `misread` MODIFY");
            execute(told.replaceFirst(".*-> run ", ""));
            assertThat(wrong()).isEmpty();
        } finally {
            execute("DROP TABLE misread");
        }
    }

    @Test
    void aDatabaseThatTakesSecondsToAnswerIsNotAway() throws Exception {
        int port = Integer.parseInt(database.replaceFirst(".*:(\\d+)/.*", "$1"));
        try (Relay relay = new Relay(port)) {
            environment.put("CALLOUT_DB_URL", database.replace(":" + port, ":" + relay.port()));
            relay.freeze();
            CompletableFuture<List<String>> wrong = CompletableFuture.supplyAsync(() -> {
                try {
                    return wrong();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().pollDelay(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !wrong.isDone());
            relay.thaw();
            assertThat(wrong.get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void nodesOfAnEarlierVersionAreTold() throws Exception {
        execute("INSERT INTO nodes (incarnation, name, expires) VALUES ('old-1', 'old', UTC_TIMESTAMP(3) + INTERVAL 1"
                + " MINUTE)");
        try {
            assertThat(wrong())
                    .anySatisfy(line -> assertThat(line).startsWith("WARN  nodes: of an earlier version: old (an"));
        } finally {
            execute("DELETE FROM nodes");
        }
        assertThat(wrong()).isEmpty();
    }

    @Test
    void thatEverythingIsStoppedIsTold() throws Exception {
        execute("INSERT INTO stop_all (stopped_at, why) VALUES ('2026-05-01 14:02:00', 'wrong prompt')");
        try {
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN  installation: everything is stopped since 2026-05-01T14:02:00Z by SQL or unknown:"
                                    + " wrong prompt -> callout resume-all ");
        } finally {
            execute("DELETE FROM stop_all");
        }
        assertThat(wrong()).isEmpty();
    }

    @Test
    void clocksThatAreOffAreTold() throws Exception {
        machine = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(30));
        assertThat(wrong())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("WARN  clock of the database: (2\\d|30)\\.\\d+ s behind this machine's -> .*"),
                        line -> assertThat(line)
                                .matches("WARN  clock of switch fs1: (2\\d|30)\\.\\d+ s behind this machine's -> .*"));
        machine = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-2));
        assertThat(wrong()).anySatisfy(line -> assertThat(line).startsWith("FAIL  clock of the database: 1"));
    }

    @Test
    void nodesThatAskNoCallingRulesAreNamed() throws Exception {
        execute("INSERT INTO nodes (incarnation, name, expires, version, capabilities) VALUES ('two-1', 'two',"
                + " UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE, '0.9', 'utc-instants,line-counts,telephones')");
        try {
            assertThat(wrong()).anySatisfy(line -> assertThat(line)
                    .startsWith("WARN  nodes: of an earlier version: two (0.9). They ask no calling rules"));
        } finally {
            execute("DELETE FROM nodes");
        }
    }

    @Test
    void nodesThatJudgeNumbersByDifferentDataAreNamedWithWhatDiffers() throws Exception {
        execute(
                "INSERT INTO nodes (incarnation, name, expires, capabilities, judges_by) SELECT CONCAT(name, '-1'), name,"
                        + " UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE, 'utc-instants,line-counts,telephones,calling-rules,stop-all', judges_by"
                        + " FROM (SELECT 'one' AS name, 'time zones 2025b' AS judges_by UNION SELECT 'two', 'time zones 2024a') AS n");
        try {
            assertThat(wrong()).anySatisfy(line -> assertThat(line)
                    .startsWith(
                            "WARN  nodes: judge numbers by different data: one by time zones 2025b; two by time zones"
                                    + " 2024a."));
            execute("UPDATE nodes SET judges_by = 'time zones 2025b'");
            assertThat(wrong()).noneSatisfy(line -> assertThat(line).contains("judge numbers"));
        } finally {
            execute("DELETE FROM nodes");
        }
    }

    @Test
    void wrongSettingsAreALineEach() {
        environment.put("CALLOUT_LEASE_SEC", "many");
        environment.put("CALLOUT_SWITCHES", "fs 1");
        SettingsException wrong = catchThrowableOfType(SettingsException.class, this::settings);
        assertThat(Inspection.of(wrong))
                .hasSize(2)
                .allMatch(finding ->
                        finding.result() == Result.FAIL && finding.subject().equals("settings"));
    }

    @Test
    void nothingIsLeftRunning() throws Exception {
        findings();
        await("threads that were told to end")
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("callout-check")));
    }
}

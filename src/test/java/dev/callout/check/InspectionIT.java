package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.check.Finding.Result;
import dev.callout.cli.DataSources;
import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import dev.callout.simulator.GatewayState;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectionIT {

    private static final String PASSWORD = "a secret of ours";
    private static final String SIMULATED =
            " is Callout's simulated switch, which calls no telephone -> to call telephones,"
                    + " name a FreeSWITCH in callout.switch.";

    private static SimulatedSwitch simulated;
    private static String database;

    private final Map<String, String> environment = new HashMap<>();
    private InstantSource machine = InstantSource.system();

    @BeforeAll
    static void start() {
        simulated = SimulatedSwitch.builder()
                .password(PASSWORD)
                .gateway("good")
                .gateway("bad")
                .start();
        simulated.gateway("bad", GatewayState.DOWN);
        database = FreshDatabase.create();
    }

    @AfterAll
    static void stop() {
        simulated.close();
    }

    @BeforeEach
    void everythingIsWell() throws Exception {
        environment.putAll(Map.of(
                "CALLOUT_DB_URL",
                database,
                "CALLOUT_DB_USER",
                "root",
                "CALLOUT_NODE",
                "one",
                "CALLOUT_TIMEZONE",
                "Europe/Berlin",
                "CALLOUT_CALLER_ID",
                "+4930111",
                "CALLOUT_SWITCH_FS1_PORT",
                Integer.toString(simulated.port()),
                "CALLOUT_SWITCH_FS1_PASSWORD",
                PASSWORD));
        try (HikariDataSource dataSource = DataSources.open(settings().database())) {
            new Schema(dataSource).create();
        }
        execute("DELETE FROM campaigns");
        for (String table : List.of("gateways", "gateway_groups", "caller_ids", "caller_id_pools")) {
            execute("DELETE FROM " + table);
        }
        execute("DELETE FROM schedule_records");
        execute("INSERT INTO schedule_records (i_schedule, start_time, stop_time) VALUES (1, '09:00:00', '18:00:00')");
        campaign("good", 0, "profile_gateway = 'external/good'");
    }

    private Settings settings() throws SettingsException {
        return Settings.load(null, environment);
    }

    /** Looks; whatever is found, no password is in it. */
    private List<Finding> findings() throws Exception {
        Settings settings = settings();
        try (HikariDataSource dataSource = DataSources.open(settings.database())) {
            List<Finding> findings = new Inspection(settings, dataSource, machine).findings();
            assertThat(findings.toString()).doesNotContain(PASSWORD);
            assertThat(findings)
                    .filteredOn(finding -> finding.result() != Result.OK)
                    .allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty());
            return findings;
        }
    }

    /** The lines that are not OK. */
    private List<String> wrong() throws Exception {
        return findings().stream()
                .filter(finding -> finding.result() != Result.OK)
                .map(Finding::toString)
                .filter(line -> !line.contains(SIMULATED))
                .toList();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void campaign(String name, int paused, String more) throws SQLException {
        execute("INSERT INTO campaigns SET name = '" + name + "', paused = " + paused
                + ", i_schedule = 1, action_on_answer = 'echo()', " + more);
    }

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
    void aFileThatTheSwitchDoesNotHaveIsWarnedOf() throws Exception {
        campaign("warning", 0, "profile_gateway = 'external/good', i_ivr_prompt = 1");
        campaign("siren", 1, "profile_gateway = 'external/good'");
        execute("UPDATE campaigns SET action_on_answer = 'playback(/prompts/missing.wav)' WHERE name = 'siren'");
        execute("REPLACE INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/prompts/hello 5s.wav')");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("WARN  file /prompts/missing.wav on fs1: ")
                .contains("played to callees of siren");
    }

    @Test
    void twoNamesOfOneSwitchAreToldAndTheirRatesAddUp() throws Exception {
        environment.put("CALLOUT_SWITCHES", "fs1,fs2");
        environment.put("CALLOUT_SWITCH_FS2_PORT", Integer.toString(simulated.port()));
        environment.put("CALLOUT_SWITCH_FS2_PASSWORD", PASSWORD);
        assertThat(wrong())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  switches fs1, fs2: are one FreeSWITCH")
                        .contains("leave one of them in callout.switches"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  limits of switch fs2: 40 calls per second wanted")
                        .contains("lower callout.switch.fs2.calls-per-second to 12 "));
    }

    @Test
    void wrongPasswordIsTheSwitchsNo() throws Exception {
        environment.put("CALLOUT_SWITCH_FS1_PASSWORD", "another secret");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("FAIL  switch fs1: 127.0.0.1:" + simulated.port() + ": the switch refused the password")
                // The refusal, the notice and the end of the connection come on different threads of esl-client's.
                .containsPattern("esl-client: the switch (refused the password|(ended|closed) the connection)")
                .contains("the fault is the switch or the network", "callout.switch.fs1.host, .port and .password")
                .doesNotContain("another secret");
    }

    @Test
    void switchThatIsAwayIsToldAtOnceByBoth() throws Exception {
        environment.put("CALLOUT_SWITCHES", "fs1,fs2");
        environment.put("CALLOUT_SWITCH_FS2_PORT", Integer.toString(freePort()));
        environment.put("CALLOUT_SWITCH_FS2_PASSWORD", PASSWORD);
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("FAIL  switch fs2")
                .contains("cannot connect: Connection refused", "esl-client: cannot connect: Connection refused");
    }

    @Test
    void portThatAcceptsAndIsSilentDoesNotHoldTheCheck() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            environment.put("CALLOUT_SWITCH_FS1_PORT", Integer.toString(silent.getLocalPort()));
            long begun = System.nanoTime();
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("FAIL  switch fs1")
                    .contains("is this an event socket?", "esl-client: no answer within 15 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void switchThatOnlyEslClientUnderstandsIsOurFault() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> refuseSubscriptions(server), "OtherSwitch");
            thread.setDaemon(true);
            thread.start();
            environment.put("CALLOUT_SWITCH_FS1_PORT", Integer.toString(server.getLocalPort()));
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("FAIL  switch fs1: refused 'event json BACKGROUND_JOB'")
                    .contains(
                            "but esl-client gets an answer",
                            "from FreeSWITCH 9",
                            "the fault is likely in Callout's own protocol code");
        }
    }

    /** An event socket that takes everything but what only our own protocol code sends. */
    private static void refuseSubscriptions(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> converse(socket), "OtherSwitch");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void converse(Socket socket) {
        try (socket;
                Scanner commands = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8).useDelimiter("\n\n")) {
            say(socket, "Content-Type: auth/request\n\n");
            while (commands.hasNext()) {
                String command = commands.next();
                say(
                        socket,
                        command.startsWith("api")
                                ? "Content-Type: api/response\nContent-Length: 12\n\nFreeSWITCH 9"
                                : "Content-Type: command/reply\nReply-Text: "
                                        + (command.startsWith("auth") ? "+OK" : "-ERR no") + "\n\n");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
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

    private static int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
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
    void limitsOfTheSwitchAreComparedWithWhatAllNodesWantTogether() throws Exception {
        execute("INSERT INTO nodes (incarnation, name, expires, capabilities)"
                + " VALUES ('two-1', 'two', UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE, 'some,utc-instants,line-counts,telephones,calling-rules'),"
                + " ('old-1', 'old', UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, NULL)");
        campaign("large", 0, "profile_gateway = 'good', max_concurrent_calls = 2000");
        try {
            assertThat(findings()).extracting(Finding::toString).anySatisfy(line -> assertThat(line)
                    .contains("20 calls per second wanted by all 2 nodes together", "sessions-per-second is 30"));
            assertThat(wrong()).satisfiesExactly(line -> assertThat(line)
                    .startsWith("WARN  lines: campaigns that are not paused may have 2020 calls up at"
                            + " once, max-sessions of the switches fs1 is 1000"));
        } finally {
            execute("DELETE FROM nodes");
        }
        simulated.pause(true);
        try {
            assertThat(wrong())
                    .anySatisfy(line -> assertThat(line).startsWith("FAIL  limits of switch fs1: it is paused"));
        } finally {
            simulated.pause(false);
        }
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
                        + " UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE, 'utc-instants,line-counts,telephones,calling-rules', judges_by"
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.check.Finding.Result;
import dev.callout.cli.DataSources;
import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import dev.callout.simulator.GatewayState;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.FreshDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** An installation in which everything is well, until a test changes something. */
abstract class InspectedInstallation {

    static final String PASSWORD = "a secret of ours";
    static final String SIMULATED = " is Callout's simulated switch, which calls no telephone -> to call telephones,"
            + " name a FreeSWITCH in callout.switch.";

    static SimulatedSwitch simulated;
    static String database;

    final Map<String, String> environment = new HashMap<>();
    InstantSource machine = InstantSource.system();

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

    Settings settings() throws SettingsException {
        return Settings.load(null, environment);
    }

    /** Looks; whatever is found, no password is in it. */
    List<Finding> findings() throws Exception {
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
    List<String> wrong() throws Exception {
        return findings().stream()
                .filter(finding -> finding.result() != Result.OK)
                .map(Finding::toString)
                .filter(line -> !line.contains(SIMULATED))
                .toList();
    }

    static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void campaign(String name, int paused, String more) throws SQLException {
        execute("INSERT INTO campaigns SET name = '" + name + "', paused = " + paused
                + ", i_schedule = 1, action_on_answer = 'echo()', " + more);
    }

    static int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

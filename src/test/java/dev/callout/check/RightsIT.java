package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.check.Finding.Result;
import dev.callout.cli.DataSources;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.settings.Settings;
import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.schema.PartitionUnit;
import dev.callout.store.schema.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a server of its own, which asks who one is; the one of the other tests does not. */
class RightsIT {

    private static final String PASSWORD = "a secret of ours";

    private static EmbeddedMariaDb server;
    private static Connection administrator;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedMariaDb.start(false);
        url = server.createDatabase("callout");
        try (HikariDataSource dataSource = DataSources.open(
                        Settings.load(null, Map.of("CALLOUT_DB_URL", url)).database());
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            new Schema(dataSource).create();
            statement.execute(
                    "INSERT INTO mysql.global_priv VALUES ('%', 'administrator', '{\"access\": 1073741823}')");
            // From now on it asks.
            statement.execute("FLUSH PRIVILEGES");
        }
        administrator = DriverManager.getConnection(url.replace("user=root", "user=administrator"));
        execute("CREATE USER dialler IDENTIFIED BY '" + PASSWORD + "'");
    }

    @AfterAll
    static void stop() throws SQLException {
        administrator.close();
        server.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is not OK for user dialler. */
    private static List<String> wrong(String password) throws Exception {
        return wrong("dialler", password);
    }

    private static List<String> wrong(String user, String password) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CALLOUT_DB_URL",
                url.replaceFirst("\\?.*", ""),
                "CALLOUT_DB_USER",
                user,
                "CALLOUT_DB_PASSWORD",
                password));
        Settings settings = Settings.load(null, environment);
        try (HikariDataSource dataSource = DataSources.open(settings.database())) {
            return new DatabaseInspection(settings, dataSource, InstantSource.system())
                    .findings().stream()
                            .filter(finding -> finding.result() != Result.OK)
                            .map(Finding::toString)
                            .toList();
        }
    }

    @Test
    void rightsThatTheUserLacksAreToldWithTheStatementThatHelps() throws Exception {
        execute("GRANT SELECT, INSERT, UPDATE, DELETE ON callout.* TO dialler");
        assertThat(wrong(PASSWORD))
                .singleElement()
                .asString()
                .startsWith("WARN  rights: dialler@% has no right to CREATE, ALTER, CREATE TEMPORARY TABLES: enough for"
                        + " dialling")
                .endsWith("GRANT CREATE, ALTER, CREATE TEMPORARY TABLES ON callout.* TO 'dialler'@'%'");

        execute("REVOKE DELETE ON callout.* FROM dialler");
        assertThat(wrong(PASSWORD))
                .singleElement()
                .asString()
                .startsWith("FAIL  rights: dialler@% has no right to DELETE, CREATE");

        execute("CREATE ROLE diallers");
        execute("GRANT ALL ON callout.* TO diallers");
        execute("GRANT diallers TO dialler");
        execute("SET DEFAULT ROLE diallers FOR dialler");
        assertThat(wrong(PASSWORD)).as("rights by a role").isEmpty();

        assertThat(wrong("another secret"))
                .singleElement()
                .asString()
                .startsWith("FAIL  database: " + url.replaceFirst("\\?.*", "")
                        + " as dialler refuses user or password (callout.db.user, CALLOUT_DB_PASSWORD; if this is the"
                        + " password of 'dialler'@'%',")
                .contains(": Access denied for user 'dialler'")
                .doesNotContain("secret");
    }

    /** The server sees addresses, since it looks up no names; others have such a user of localhost. */
    @Test
    void anonymousUserThatWinsOverOursIsNamed() throws Exception {
        execute("CREATE USER ''@'127.0.0.1' IDENTIFIED BY 'nobody knows'");
        assertThat(wrong(PASSWORD))
                .singleElement()
                .asString()
                .contains(
                        "Access denied for user 'dialler'@'127.0.0.1'",
                        "if this is the password of 'dialler'@'%', MariaDB's anonymous user ''@'127.0.0.1' takes precedence:"
                                + " DROP USER ''@'127.0.0.1'");
        execute("DROP USER ''@'127.0.0.1'");
        assertThat(wrong(PASSWORD)).as("what was told to do").noneMatch(line -> line.contains("anonymous"));
    }

    @Test
    void theRightToDropIsMissedOnlyWhereAttemptsArePartitioned() throws Exception {
        execute("CREATE USER keeper IDENTIFIED BY '" + PASSWORD + "'");
        execute("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, CREATE TEMPORARY TABLES ON callout.* TO keeper");
        assertThat(wrong("keeper", PASSWORD)).isEmpty();

        try (HikariDataSource dataSource = DataSources.open(
                Settings.load(null, Map.of("CALLOUT_DB_URL", url.replace("user=root", "user=administrator")))
                        .database())) {
            AttemptPartitions partitions = new AttemptPartitions(dataSource);
            partitions.partition(PartitionUnit.WEEK, Instant.now());
            assertThat(wrong("keeper", PASSWORD))
                    .singleElement()
                    .asString()
                    .startsWith("WARN  partitions: call_attempts is partitioned by week until ")
                    .endsWith(", but keeper@% has no right to DROP: a retention deletes row by row -> GRANT DROP ON"
                            + " callout.call_attempts TO 'keeper'@'%'");
            execute("GRANT DROP ON callout.call_attempts TO 'keeper'@'%'");
            assertThat(wrong("keeper", PASSWORD)).as("what was told to do").isEmpty();
            partitions.remove();
        }
    }
}

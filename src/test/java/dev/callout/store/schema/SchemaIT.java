package dev.callout.store.schema;

import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.ClaimOrders;
import dev.callout.store.numbers.GivenBack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class SchemaIT {
    private final TestDatabase database = TestDatabase.empty();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tablesOfTheCampaignApplicationAreExtendedAndKeepWhatTheyHold() throws Exception {
        database.run(
                "CREATE TABLE campaigns (i_campaign INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(32),"
                        + " description VARCHAR(64), i_ivr_prompt INT, paused TINYINT(1), username VARCHAR(64), md5secret CHAR(32),"
                        + " cli VARCHAR(32),"
                        + " i_schedule INT, max_concurrent_calls INT, max_attempts INT, timeout_sec INT, backoff_sec INT,"
                        + " threshold_msec INT)");
        database.run("CREATE TABLE campaign_phones (i_campaign_phone INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " i_campaign INT UNSIGNED, cld VARCHAR(32), finished TINYINT(1) DEFAULT 0, expires DATETIME, next_call"
                + " DATETIME,"
                + " call_count INT DEFAULT 0, setup_time DATETIME, connect_time DATETIME, disconnect_time DATETIME,"
                + " status ENUM('idle','trying','answer','failure','premature hangup','success') DEFAULT 'idle')");
        database.run("INSERT INTO campaigns (name) VALUES ('theirs'), ('theirs')");
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld, next_call, call_count, status) VALUES (1, '1', NULL,"
                        + " NULL, NULL),"
                        + " (1, '2', '2020-01-01 10:00:00', 1, 'failure')");

        new Schema(database.dataSource()).create();

        assertThat(database.rows(
                        "SELECT cld, status, priority, next_call IS NULL AS fresh, shuffle = CRC32(cld) AS shuffled"
                                + " FROM campaign_phones ORDER BY 1"))
                .satisfiesExactly(
                        row -> assertThat(row)
                                .containsEntry("cld", "1")
                                .containsEntry("status", null)
                                .containsEntry("priority", 0),
                        row -> assertThat(row).containsEntry("cld", "2").containsEntry("status", "failure"));
        assertThat(database.column("SELECT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
                        + " AND TABLE_NAME = 'campaign_phones' AND COLUMN_NAME = 'status'"))
                .as("theirs is kept")
                .containsExactly("enum");
        assertThat(database.column("SELECT EXTRA FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
                        + " AND TABLE_NAME = 'campaign_phones' AND COLUMN_NAME = 'vars'"))
                .as("SELECT * and INSERTs without names work as before")
                .containsExactly("INVISIBLE");
        new Nodes(database.dataSource()).register("test", "me", Duration.ofHours(1));
        CampaignPhones phones = new CampaignPhones(database.dataSource());
        List<ClaimedNumber> numbers = phones.claim(order(9)).numbers();
        assertThat(numbers).extracting(ClaimedNumber::cld).containsExactly("2", "1");
        phones.giveBack("me", numbers.stream().map(GivenBack::asItWas).toList());
        assertThat(database.column("SELECT CONCAT_WS(' ', cld, status, call_count, next_call) FROM campaign_phones"))
                .containsExactly("1 0", "2 failure 1 2020-01-01 10:00:00");
        assertThat(phones.claim(ClaimOrders.shuffled(9)).numbers()).hasSize(2);
    }

    @Test
    void nodesMayCreateTheTablesAtOnceAndAgain() throws Exception {
        List<CompletableFuture<Void>> nodes = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    try {
                        new Schema(database.dataSource()).create();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .limit(4)
                .toList();
        nodes.forEach(CompletableFuture::join);
        List<Map<String, Object>> tables = database.rows("SELECT TABLE_NAME, CREATE_TIME FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1");

        new Schema(database.dataSource()).create();

        assertThat(tables).hasSize(Schema.TABLES.size());
        assertThat(database.rows("SELECT TABLE_NAME, CREATE_TIME FROM information_schema.TABLES"
                        + " WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1"))
                .isEqualTo(tables);
    }

    @Test
    void missingColumnIsAddedToATableOfOurs() throws Exception {
        new Schema(database.dataSource()).create();
        database.run("INSERT INTO campaigns (name) VALUES ('kept')");
        database.run("ALTER TABLE campaigns DROP COLUMN next_dial");

        new Schema(database.dataSource()).create();

        assertThat(database.column("SELECT name FROM campaigns WHERE next_dial IS NULL"))
                .containsExactly("kept");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void numbersNotToBeCalledAreReadAsThoseThatAreDialled(boolean madeEarlier) throws Exception {
        if (madeEarlier) {
            database.run(
                    "CREATE TABLE do_not_call (number VARCHAR(64) PRIMARY KEY, reason VARCHAR(255), expires DATETIME(3),"
                            + " dialable VARCHAR(64) AS (REPLACE(number, ' ', '')) PERSISTENT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
        }
        new Schema(database.dataSource()).create();
        database.run("CREATE TABLE every_character LIKE do_not_call");
        database.run("ALTER TABLE every_character DROP PRIMARY KEY, ADD COLUMN code INT");
        database.run("INSERT INTO every_character (code, number) SELECT seq,"
                + " CONCAT('1', CONVERT(CHAR(seq USING utf32) USING utf8mb4), 'a') FROM seq_1_to_65535"
                + " WHERE seq NOT BETWEEN 0xD800 AND 0xDFFF");

        Set<Integer> leftOut = new TreeSet<>();
        for (int code = 1; code <= 0xFFFF; code++) {
            if (readAs1a("1" + Character.toString(code) + "A")) {
                leftOut.add(code);
            }
        }
        assertThat(leftOut).hasSize(25).contains((int) '\t', (int) ' ', (int) '-', 0xA0, 0x202F);
        assertThat(database.column("SELECT code FROM every_character WHERE dialled = '1a' ORDER BY code"))
                .containsExactlyElementsOf(leftOut.stream().map(String::valueOf).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO_BACKSLASH_ESCAPES", "EMPTY_STRING_IS_NULL", "by hand"})
    void entriesThatWereReadOtherwiseThanTheirNumbersAreDialledAreReadAnew(String mode) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '" + mode.replace("by hand", "") + "'");
            statement.execute("CREATE TABLE do_not_call (number VARCHAR(64) NOT NULL PRIMARY KEY, dialled VARCHAR(64)"
                    + (mode.equals("by hand")
                            ? ""
                            : " AS (LOWER(REGEXP_REPLACE(number, '[\\\\p{Z}\\\\t()./-]', ''))) PERSISTENT")
                    + ", INDEX callout_dialled (dialled)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
            statement.execute("INSERT INTO do_not_call (number) VALUES ('+1 (202) 555-0100')");
            statement.execute("SET SESSION sql_mode = DEFAULT");
        }
        Schema schema = new Schema(database.dataSource());
        assertThat(schema.unheededRemedy()).hasValueSatisfying(remedy -> assertThat(remedy)
                .startsWith("ALTER TABLE do_not_call MODIFY COLUMN dialled"));

        schema.create();

        assertThat(database.column("SELECT dialled FROM do_not_call")).containsExactly("+12025550100");
        assertThat(schema.unheededRemedy()).isEmpty();
    }

    @Test
    void numbersNotToBeCalledAreReadAnewHoweverLongThatTakes() throws Exception {
        new Schema(database.dataSource()).create();
        database.run("ALTER TABLE do_not_call DROP COLUMN dialled");
        database.run("ALTER TABLE do_not_call ADD COLUMN dialled VARCHAR(64), ADD INDEX callout_dialled (dialled)");
        int timeout = 1500;
        try (Connection ours = database.dataSource().getConnection();
                Connection theirs = database.dataSource().getConnection();
                Statement reading = theirs.createStatement()) {
            theirs.setAutoCommit(false);
            reading.executeQuery("SELECT * FROM do_not_call");
            ours.setNetworkTimeout(Runnable::run, timeout);
            CompletableFuture<Void> read = CompletableFuture.runAsync(
                    () -> {
                        try {
                            theirs.rollback();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(timeout + 1000, TimeUnit.MILLISECONDS));

            new Schema(new SingleConnectionDataSource(ours, true)).create();

            read.join();
            theirs.setAutoCommit(true);
            assertThat(ours.getNetworkTimeout()).isEqualTo(timeout);
        }
        assertThat(new Schema(database.dataSource()).unheededRemedy()).isEmpty();
    }

    @Test
    void entriesAreReadAsTheirNumbersAreDialledWhateverTheSqlModeOfTheSessionThatWritesThem() throws Exception {
        new Schema(database.dataSource()).create();
        List<String> modes = List.of(
                "",
                "NO_BACKSLASH_ESCAPES",
                "EMPTY_STRING_IS_NULL",
                "PIPES_AS_CONCAT",
                "ANSI_QUOTES",
                "PAD_CHAR_TO_FULL_LENGTH",
                "NO_ZERO_DATE",
                "ORACLE",
                "ANSI",
                "TRADITIONAL");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < modes.size(); i++) {
                statement.execute("SET SESSION sql_mode = '" + modes.get(i) + "'");
                statement.execute("FLUSH TABLES do_not_call");
                statement.execute("INSERT INTO do_not_call (number) VALUES ('+1 (202) 555/010-" + i + "')");
            }
            statement.execute("SET SESSION sql_mode = DEFAULT");
        }
        assertThat(database.column("SELECT dialled FROM do_not_call ORDER BY number"))
                .containsExactlyElementsOf(IntStream.range(0, modes.size())
                        .mapToObj(i -> "+1202555010" + i)
                        .toList());
    }

    private static boolean readAs1a(String number) {
        try {
            return PhoneNumber.of(number, PhoneNumber.DEFAULT_PATTERN).listed().equals("1a");
        } catch (UndialableException e) {
            return false;
        }
    }

    @Test
    void theIndexOfNumbersIsWidenedOnceAndOthersOfThatNameAreLeft() throws Exception {
        Schema schema = new Schema(database.dataSource());
        String columns = "SELECT COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()"
                + " AND TABLE_NAME = 'call_attempts' AND INDEX_NAME = 'callout_number' ORDER BY SEQ_IN_INDEX";
        schema.create();
        List<String> wide = database.column(columns);
        String older = "ALTER TABLE call_attempts DROP INDEX callout_number, ADD INDEX callout_number (i_campaign, ";

        database.run(older + "i_campaign_phone, attempt)");
        schema.create();
        assertThat(database.column(columns)).isEqualTo(wide).hasSize(7);

        database.run(older + "number)");
        schema.create();
        assertThat(database.column(columns)).containsExactly("i_campaign", "number");
    }

    @Test
    void tableWithoutTransactionsIsNotTouchedAndNamedWithTheCure() throws Exception {
        database.run("CREATE TABLE campaign_phones (i_campaign_phone INT PRIMARY KEY) ENGINE=MyISAM");

        assertThatThrownBy(() -> new Schema(database.dataSource()).create())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("MyISAM")
                .hasMessageContaining("ALTER TABLE campaign_phones ENGINE=InnoDB");
        assertThat(database.column("SHOW TABLES")).containsExactly("campaign_phones");
    }
}
